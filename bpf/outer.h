/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What all outer headers have in common. The packet of the client is carried bit for bit. */
#ifndef MAKO_OUTER_H
#define MAKO_OUTER_H

#include <linux/in.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>

#include "checksum.h"
#include "maps.h"
#include "packet.h"
#include "vlan.h"

#define OUTER_TTL	64

/* Bytes of an Ethernet address, as a gateway's word holds them. */
#define MAC_MASK	((1ULL << 48) - 1)

/*
 * Room for so many bytes of outer header, with the new Ethernet header written in front of it. Behind it an IP header of
 * the inner family and eight bytes are there: whatever is forwarded has at least a UDP or an ICMP header.
 */
static __always_inline bool make_way(struct packet *packet, __u32 outer, __u64 gateway, __be16 protocol, bool inner_ipv6)
{
	const __u32 inner = (inner_ipv6 ? L4_OFFSET_V6 : L4_OFFSET_V4) + sizeof(struct udphdr);
	const void *old;
	void *frame;
	__u16 ours_head;
	__u32 ours_tail;

	if (bpf_xdp_adjust_head(packet->ctx, -(int)outer))
		return false;
	reload(packet);
	if (packet->data + outer + inner > packet->end)
		return false;
	/* The destination of the received frame is our address. */
	frame = frame_start(packet);
	old = frame + outer;
	ours_head = *(const __u16 *)old;
	ours_tail = *(const __u32 *)(old + sizeof(ours_head));
	*(__u64 *)frame = (gateway & MAC_MASK) | (__u64)ours_head << 48;
	*(__u32 *)(frame + sizeof(__u64)) = ours_tail;
	keep_tag(packet, frame, old);
	((struct ethhdr *)packet->data)->h_proto = protocol;
	return true;
}

/*
 * The settings have the sum of the words that never change, and each real the sum of its address; identification and
 * fragment words are 0. varying is the sum of what else differs from packet to packet.
 */
static __always_inline __u16 outer_csum(const struct mako_real *real, const struct flow *flow, __be16 length, __u32 varying)
{
	return csum_fold(cfg.outer_v4_csum + real->csum + ((__u32)flow->tos << 8) + length + varying);
}

static __always_inline void write_ipv4(struct iphdr *ip, __u8 tos, __be16 length, __u8 protocol, __u16 csum)
{
	*(__u16 *)ip = 0x45 | tos << 8;
	ip->tot_len = length;
	ip->id = 0;
	ip->frag_off = 0;
	ip->ttl = OUTER_TTL;
	ip->protocol = protocol;
	ip->check = csum;
}

/* Version 6, the traffic class of the client, flow label 0. */
static __always_inline void write_ipv6(struct ipv6hdr *ip, __u8 tos, __be16 length, __u8 protocol)
{
	*(__be32 *)ip = bpf_htonl(6 << 28 | tos << 20);
	ip->payload_len = length;
	ip->nexthdr = protocol;
	ip->hop_limit = OUTER_TTL;
}

#endif /* MAKO_OUTER_H */

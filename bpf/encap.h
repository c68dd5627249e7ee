/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * IP in IP (RFC 2003, RFC 2473) towards the real. The packet of the client is carried bit for bit. The outer source is
 * crafted from the client's address and port, so that the receive queues of the real spread by flow.
 */
#ifndef MAKO_ENCAP_H
#define MAKO_ENCAP_H

#include <linux/in.h>
#include <bpf/bpf_endian.h>

#include "checksum.h"
#include "maps.h"
#include "outcome.h"
#include "packet.h"

#define OUTER_TTL	64

/* Bytes of an Ethernet address, as a gateway's word holds them. */
#define MAC_MASK	((1ULL << 48) - 1)

static __always_inline __u16 swap16(__u16 word)
{
	return word << 8 | word >> 8;
}

/* Ethernet header towards the gateway. old is the header of the received frame, whose destination is our address. */
static __always_inline void write_ethernet(void *frame, const void *old, __u64 gateway, __be16 protocol)
{
	__u16 ours_head = *(const __u16 *)old;
	__u32 ours_tail = *(const __u32 *)(old + sizeof(ours_head));

	*(__u64 *)frame = (gateway & MAC_MASK) | (__u64)ours_head << 48;
	*(__u32 *)(frame + sizeof(__u64)) = ours_tail;
	((struct ethhdr *)frame)->h_proto = protocol;
}

/* prefix . prefix . (third client byte ^ low port byte) . (fourth ^ high port byte), raw. */
static __always_inline __u32 outer_source_v4(const struct flow *flow)
{
	__u32 port = swap16(flow->ports);

	return (cfg.outer_v4_prefix & 0xffff) | (((__u32)flow->src[0] & 0xffff0000) ^ port << 16);
}

/* The client's last word (IPv4: its address) with the port over its first two bytes, raw. */
static __always_inline __u32 outer_source_v6(const struct flow *flow, bool ipv6)
{
	__u32 word = ipv6 ? flow->src[1] >> 32 : flow->src[0];

	return word ^ (flow->ports & 0xffff);
}

/*
 * Raw words of the outer IPv4 header. For each real the control plane has summed those that never change: version and
 * header length, TTL and protocol, the source's prefix, the destination. (Identification and fragment words are 0.)
 */
static __always_inline __u16 outer_csum(const struct mako_real *real, __u32 tos, __be16 length, __u32 source)
{
	return csum_fold(real->csum + (tos << 8) + length + (source >> 16));
}

static __always_inline enum outcome encap_v4(struct packet *packet, const struct flow *flow,
					     const struct mako_real *real, __u64 gateway)
{
	__u32 source = outer_source_v4(flow);
	__be16 length = bpf_htons(flow->bytes + sizeof(struct iphdr));
	__u16 csum = outer_csum(real, flow->tos, length, source);
	__be32 address = *(const __be32 *)real->addr;
	struct iphdr *ip;

	if (bpf_xdp_adjust_head(packet->ctx, -(int)sizeof(*ip)))
		return DROP_ENCAP_V4;
	reload(packet);
	ip = packet->data + L3_OFFSET;
	if (packet->data + sizeof(*ip) + L4_OFFSET_V4 > packet->end)
		return DROP_ENCAP_V4;
	write_ethernet(packet->data, packet->data + sizeof(*ip), gateway, bpf_htons(ETH_P_IP));
	*(__u16 *)ip = 0x45 | flow->tos << 8;
	ip->tot_len = length;
	ip->id = 0;
	ip->frag_off = 0;
	ip->ttl = OUTER_TTL;
	ip->protocol = IPPROTO_IPIP;
	ip->check = csum;
	ip->saddr = source;
	ip->daddr = address;
	return TRANSMIT;
}

static __always_inline enum outcome encap_v6(struct packet *packet, const struct flow *flow,
					     const struct mako_real *real, __u64 gateway, bool ipv6)
{
	const __u64 *address = (const __u64 *)real->addr;
	__u32 source = outer_source_v6(flow, ipv6);
	__u16 length = ipv6 ? flow->bytes + sizeof(struct ipv6hdr) : flow->bytes;
	struct ipv6hdr *ip;
	__u64 *words;

	if (bpf_xdp_adjust_head(packet->ctx, -(int)sizeof(*ip)))
		return DROP_ENCAP_V6;
	reload(packet);
	ip = packet->data + L3_OFFSET;
	if (packet->data + sizeof(*ip) + L4_OFFSET_V4 > packet->end)
		return DROP_ENCAP_V6;
	write_ethernet(packet->data, packet->data + sizeof(*ip), gateway, bpf_htons(ETH_P_IPV6));
	/* Version 6, traffic class, flow label 0. */
	*(__be32 *)ip = bpf_htonl(6 << 28 | flow->tos << 20);
	ip->payload_len = bpf_htons(length);
	ip->nexthdr = ipv6 ? IPPROTO_IPV6 : IPPROTO_IPIP;
	ip->hop_limit = OUTER_TTL;
	words = (__u64 *)&ip->saddr;
	words[0] = cfg.outer_v6_prefix[0] | (__u64)cfg.outer_v6_prefix[1] << 32;
	words[1] = cfg.outer_v6_prefix[2] | (__u64)source << 32;
	words[2] = address[0];
	words[3] = address[1];
	return TRANSMIT;
}

/* The word of the next hop: a slot of its own if the interface has one, else the default. */
static __always_inline __u64 find_gateway(const struct packet *packet)
{
	__u32 slot = 0;
	struct mako_gateway *gateway;

	if (cfg.per_interface_gateway) {
		slot = packet->ctx->ingress_ifindex % MAKO_GATEWAYS;
		gateway = bpf_map_lookup_elem(&mako_gateways, &slot);
		if (slot && gateway && gateway->ifindex == packet->ctx->ingress_ifindex)
			return READ_ONCE(gateway->mac);
		slot = 0;
	}
	gateway = bpf_map_lookup_elem(&mako_gateways, &slot);
	return gateway ? READ_ONCE(gateway->mac) : 0;
}

static __always_inline enum outcome forward(struct packet *packet, const struct flow *flow, bool ipv6)
{
	__u32 index = flow->real;
	struct mako_real *real = bpf_map_lookup_elem(&mako_reals, &index);
	struct mako_count *count = bpf_map_lookup_elem(&mako_real_stats, &index);
	__u64 gateway = find_gateway(packet);

	if (!real || !count)
		return DROP_NO_REAL;
	if (ipv6 && !(real->flags & MAKO_REAL_IPV6))
		return DROP_NO_REAL;	/* the control plane refuses such a real: IPv4 cannot be told what it carries */
	if (!(gateway & MAKO_GATEWAY_KNOWN))
		return DROP_NO_GATEWAY;
	packet->vip->forwarded.packets++;
	packet->vip->forwarded.bytes += flow->bytes;
	count->packets++;
	count->bytes += flow->bytes;
	if (real->flags & MAKO_REAL_IPV6)
		return encap_v6(packet, flow, real, gateway, ipv6);
	return encap_v4(packet, flow, real, gateway);
}

#endif /* MAKO_ENCAP_H */

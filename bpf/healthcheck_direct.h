/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The outer header by our own hand: IP in IP, or UDP without a GUE header (variant 1). The kernel is told that the packet is
 * a tunnel's now, so that it cuts what TCP handed down in one piece into segments that still fit.
 */
#ifndef MAKO_HEALTHCHECK_DIRECT_H
#define MAKO_HEALTHCHECK_DIRECT_H

#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "checksum.h"
#include "healthcheck_maps.h"
#include "healthcheck_outcome.h"
#include "packet.h"

#define OUTER_TTL	64
#define GUE_SOURCE_BIT	0x400	/* ports below are other services' */

struct gue_v4 {
	struct iphdr ip;
	struct udphdr udp;
};

struct gue_v6 {
	struct ipv6hdr ip;
	struct udphdr udp;
};

/*
 * Several datagrams that were handed over in one piece (UDP_SEGMENT): the size of each with its IP header, the last one may
 * be shorter. Of everything else 0. l4 is where the UDP header is.
 */
static __always_inline __u32 datagram_size(const struct __sk_buff *skb, const struct mako_hc_key *key, __u32 l4)
{
	if (!l4 || key->protocol != IPPROTO_UDP || !skb->gso_size)
		return 0;
	return l4 - L3_OFFSET + sizeof(struct udphdr) + skb->gso_size;
}

/*
 * Makes room behind the Ethernet header. Where TCP is cut is nobody's business, so its segments shrink by what is put around
 * them; datagrams have to stay as they are.
 */
static __always_inline enum healthcheck_outcome make_room(struct __sk_buff *skb, __u32 size, __u32 datagram, __u64 family)
{
	__u64 flags = family | (cfg.gue_port ? BPF_F_ADJ_ROOM_ENCAP_L4_UDP : 0) | (datagram ? BPF_F_ADJ_ROOM_FIXED_GSO : 0);
	__u32 mtu = 0;

	/* What is too long would be dropped further down without a word. What is not cut yet passes, whatever its length. */
	if (bpf_check_mtu(skb, 0, &mtu, size, 0) > 0 || (datagram && datagram + size > mtu))
		return HC_TOO_BIG;
	return bpf_skb_adjust_room(skb, size, BPF_ADJ_ROOM_MAC, flags) ? HC_ENCAP_FAIL : HC_SEND;
}

/* Checksum 0: of a packet that may still be cut in pieces it cannot be known. RFC 6935 allows it for tunnels over IPv6. */
static __always_inline void write_udp(struct udphdr *udp, __u32 payload)
{
	udp->source = bpf_htons((__u16)bpf_get_prandom_u32() | GUE_SOURCE_BIT);
	udp->dest = cfg.gue_port;
	udp->len = bpf_htons(payload + sizeof(*udp));
	udp->check = 0;
}

static __always_inline enum healthcheck_outcome direct_v4(struct __sk_buff *skb, const struct mako_hc_mark *mark, __u32 datagram)
{
	struct gue_v4 outer = {};
	__u32 size = cfg.gue_port ? sizeof(outer) : sizeof(outer.ip);
	__u32 payload = skb->len - L3_OFFSET;
	enum healthcheck_outcome outcome;

	if (!cfg.source_v4)
		return HC_NO_SOURCE;
	outer.ip.version = 4;
	outer.ip.ihl = sizeof(outer.ip) / 4;
	outer.ip.tot_len = bpf_htons(payload + size);
	outer.ip.ttl = OUTER_TTL;
	outer.ip.protocol = cfg.gue_port ? IPPROTO_UDP : IPPROTO_IPIP;
	outer.ip.saddr = cfg.source_v4;
	outer.ip.daddr = *(const __be32 *)mark->addr;
	outer.ip.check = csum_ipv4_header(&outer.ip);
	if (cfg.gue_port)
		write_udp(&outer.udp, payload);

	outcome = make_room(skb, size, datagram, BPF_F_ADJ_ROOM_ENCAP_L3_IPV4);
	if (outcome == HC_SEND && bpf_skb_store_bytes(skb, L3_OFFSET, &outer, size, 0))
		return HC_ENCAP_FAIL;
	return outcome;
}

static __always_inline enum healthcheck_outcome direct_v6(struct __sk_buff *skb, const struct mako_hc_mark *mark, __u32 datagram,
							  bool ipv6)
{
	const __be16 protocol = bpf_htons(ETH_P_IPV6);
	struct gue_v6 outer = {};
	__u32 size = cfg.gue_port ? sizeof(outer) : sizeof(outer.ip);
	__u32 payload = skb->len - L3_OFFSET;
	enum healthcheck_outcome outcome;

	if (!(cfg.source_v6[0] | cfg.source_v6[1] | cfg.source_v6[2] | cfg.source_v6[3]))
		return HC_NO_SOURCE;
	outer.ip.version = 6;
	outer.ip.payload_len = bpf_htons(payload + size - sizeof(outer.ip));
	outer.ip.nexthdr = cfg.gue_port ? IPPROTO_UDP : ipv6 ? IPPROTO_IPV6 : IPPROTO_IPIP;
	outer.ip.hop_limit = OUTER_TTL;
	/* Word by word: a copy of the whole would read what the compiler knows instead of what was set before the load. */
	for (int i = 0; i < 4; i++)
		outer.ip.saddr.s6_addr32[i] = cfg.source_v6[i];
	__builtin_memcpy(&outer.ip.daddr, mark->addr, sizeof(outer.ip.daddr));
	if (cfg.gue_port)
		write_udp(&outer.udp, payload);

	outcome = make_room(skb, size, datagram, BPF_F_ADJ_ROOM_ENCAP_L3_IPV6);
	if (outcome != HC_SEND)
		return outcome;
	if (bpf_skb_store_bytes(skb, L3_OFFSET, &outer, size, 0) ||
	    bpf_skb_store_bytes(skb, offsetof(struct ethhdr, h_proto), &protocol, sizeof(protocol), 0))
		return HC_ENCAP_FAIL;
	return HC_SEND;
}

/* The next hop of balanced packets, also of this one. While it is not known, the host's own choice stays. */
static __always_inline void write_gateway(struct __sk_buff *skb)
{
	__u32 slot = cfg.per_interface_gateway ? skb->ifindex % MAKO_GATEWAYS : 0;
	struct mako_gateway *gateway = bpf_map_lookup_elem(&mako_gateways, &slot);
	__u64 word;

	if (slot && gateway && gateway->ifindex != skb->ifindex) {
		slot = 0;
		gateway = bpf_map_lookup_elem(&mako_gateways, &slot);
	}
	if (!gateway)
		return;
	word = READ_ONCE(gateway->mac);
	if (word & MAKO_GATEWAY_KNOWN)
		bpf_skb_store_bytes(skb, 0, &word, ETH_ALEN, 0);
}

static __always_inline enum healthcheck_outcome direct(struct __sk_buff *skb, const struct mako_hc_mark *mark, __u32 datagram, bool ipv6)
{
	enum healthcheck_outcome outcome =
		mark->flags & MAKO_REAL_IPV6 ? direct_v6(skb, mark, datagram, ipv6) : direct_v4(skb, mark, datagram);

	if (outcome == HC_SEND && cfg.gateway)
		write_gateway(skb);
	return outcome;
}

#endif /* MAKO_HEALTHCHECK_DIRECT_H */

/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * IP in IP (RFC 2003, RFC 2473) towards the real. The outer source is crafted from the client's address and port, so that
 * the receive queues of the real spread by flow.
 */
#ifndef MAKO_IPIP_H
#define MAKO_IPIP_H

#include "maps.h"
#include "outcome.h"
#include "outer.h"
#include "packet.h"

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

static __always_inline enum outcome ipip_over_ipv4(struct packet *packet, const struct flow *flow,
						   const struct mako_real *real, __u64 gateway)
{
	__u32 source = outer_source_v4(flow);
	__be16 length = bpf_htons(flow->bytes + sizeof(struct iphdr));
	__u16 csum = outer_csum(real, flow, length, source >> 16);
	__be32 address = *(const __be32 *)real->addr;
	struct iphdr *ip;

	if (!make_way(packet, sizeof(*ip), gateway, bpf_htons(ETH_P_IP), false))
		return DROP_ENCAP_V4;
	ip = packet->data + L3_OFFSET;
	write_ipv4(ip, flow->tos, length, IPPROTO_IPIP, csum);
	ip->saddr = source;
	ip->daddr = address;
	return TRANSMIT;
}

static __always_inline enum outcome ipip_over_ipv6(struct packet *packet, const struct flow *flow,
						   const struct mako_real *real, __u64 gateway, bool ipv6)
{
	const __u64 *address = (const __u64 *)real->addr;
	__u32 source = outer_source_v6(flow, ipv6);
	__u16 length = ipv6 ? flow->bytes + sizeof(struct ipv6hdr) : flow->bytes;
	struct ipv6hdr *ip;
	__u64 *words;

	if (!make_way(packet, sizeof(*ip), gateway, bpf_htons(ETH_P_IPV6), ipv6))
		return DROP_ENCAP_V6;
	ip = packet->data + L3_OFFSET;
	write_ipv6(ip, flow->tos, bpf_htons(length), ipv6 ? IPPROTO_IPV6 : IPPROTO_IPIP);
	words = (__u64 *)&ip->saddr;
	words[0] = cfg.outer_v6_prefix[0] | (__u64)cfg.outer_v6_prefix[1] << 32;
	words[1] = cfg.outer_v6_prefix[2] | (__u64)source << 32;
	words[2] = address[0];
	words[3] = address[1];
	return TRANSMIT;
}

#endif /* MAKO_IPIP_H */

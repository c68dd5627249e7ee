/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Generic UDP Encapsulation towards the real, variant 1 (draft-ietf-intarea-gue): UDP, then the client's packet without
 * anything in between; its first nibble tells the family. The source port is crafted from the client's address and port,
 * so that routers and the receive queues of the real spread by flow.
 */
#ifndef MAKO_GUE_H
#define MAKO_GUE_H

#include <linux/udp.h>

#include "checksum.h"
#include "maps.h"
#include "outcome.h"
#include "outer.h"
#include "packet.h"

/* Raw, as all words that are summed here. */
#define IPV4_HEADER_LENGTH_WORD	bpf_htons(sizeof(struct iphdr))

/*
 * The sum of the client's packet without a look at its payload. A transport checksum makes pseudo header and message sum
 * up to nothing, so what remains is the IP header less the pseudo header: addresses, length and protocol cancel out.
 * ICMP's checksum has no pseudo header: there the whole IP header remains.
 */
static __always_inline __u32 inner_sum_v4(const struct iphdr *ip, const struct flow *flow)
{
	const __u16 *word = (const __u16 *)ip;

	if (flow->flags & FLOW_FROM_ICMP)
		return csum_ipv4_words(ip);
	return word[0] + ip->id + ip->frag_off + ip->ttl + ip->check + IPV4_HEADER_LENGTH_WORD;
}

/* ICMPv6 has a pseudo header like all others. The next header stands in the other byte of its word there. */
static __always_inline __u32 inner_sum_v6(const struct ipv6hdr *ip)
{
	const __u16 *word = (const __u16 *)ip;

	return word[0] + word[1] + word[3] + (__u16)~(word[3] << 8);
}

/* A datagram without a checksum, or whose length is not that of its packet, leaves bytes whose sum nobody knows. */
static __always_inline bool sum_is_known(const struct flow *flow, const struct udphdr *udp, __u16 message)
{
	if (flow->protocol != IPPROTO_UDP || flow->flags & FLOW_FROM_ICMP)
		return true;
	return udp->check && udp->len == bpf_htons(message);
}

/* Behind the new UDP header lies the client's packet. sum is that of what comes before it. */
static __always_inline __u16 gue_csum(const void *inner, const struct flow *flow, __u32 sum, bool ipv6)
{
	const __u32 header = ipv6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr);
	__u16 csum;

	if (!sum_is_known(flow, inner + header, ipv6 ? flow->bytes : flow->bytes - header))
		return 0;
	sum += ipv6 ? inner_sum_v6(inner) : inner_sum_v4(inner, flow);
	csum = csum_fold(sum);
	return csum ? csum : 0xffff;	/* 0 means "none" */
}

static __always_inline void write_udp(struct udphdr *udp, __u16 port, __be16 length, __u16 csum)
{
	udp->source = port;
	udp->dest = cfg.gue_port;
	udp->len = length;
	udp->check = csum;
}

/* (low port byte ^ third client byte) . (high port byte ^ fourth), raw. */
static __always_inline __u16 gue_source_port_v4(const struct flow *flow)
{
	return swap16(flow->ports) ^ (flow->src[0] >> 16);
}

/* (high port byte ^ 13th or third client byte) . (low port byte ^ 14th or fourth), raw. */
static __always_inline __u16 gue_source_port_v6(const struct flow *flow, bool ipv6)
{
	return flow->ports ^ (ipv6 ? flow->src[1] >> 32 : flow->src[0] >> 16);
}

static __always_inline enum outcome gue_over_ipv4(struct packet *packet, const struct flow *flow,
						  const struct mako_real *real, __u64 gateway)
{
	__be16 ip_length = bpf_htons(flow->bytes + sizeof(struct iphdr) + sizeof(struct udphdr));
	__be16 length = bpf_htons(flow->bytes + sizeof(struct udphdr));
	__u16 port = gue_source_port_v4(flow), ip_csum = outer_csum(real, flow, ip_length, 0);
	__u32 sum = cfg.gue_v4_csum + real->csum + 2 * length + port;
	__be32 address = *(const __be32 *)real->addr;
	struct udphdr *udp;
	struct iphdr *ip;

	if (!cfg.source_v4)
		return DROP_NO_REAL;	/* the control plane refuses such a real */
	if (!make_way(packet, sizeof(*ip) + sizeof(*udp), gateway, bpf_htons(ETH_P_IP), false))
		return DROP_ENCAP_V4;
	ip = packet->data + L3_OFFSET;
	udp = (void *)(ip + 1);
	write_ipv4(ip, flow->tos, ip_length, IPPROTO_UDP, ip_csum);
	ip->saddr = cfg.source_v4;
	ip->daddr = address;
	write_udp(udp, port, length, gue_csum(udp + 1, flow, sum, false));
	return TRANSMIT;
}

static __always_inline enum outcome gue_over_ipv6(struct packet *packet, const struct flow *flow,
						  const struct mako_real *real, __u64 gateway, bool ipv6)
{
	const __u64 *address = (const __u64 *)real->addr;
	__be16 length = bpf_htons(flow->bytes + (ipv6 ? sizeof(struct ipv6hdr) : 0) + sizeof(struct udphdr));
	__u16 port = gue_source_port_v6(flow, ipv6);
	__u32 sum = cfg.gue_v6_csum + real->csum + 2 * length + port;
	struct udphdr *udp;
	struct ipv6hdr *ip;
	__u64 *words;

	if (!(cfg.source_v6[0] | cfg.source_v6[1] | cfg.source_v6[2] | cfg.source_v6[3]))
		return DROP_NO_REAL;	/* the control plane refuses such a real */
	if (!make_way(packet, sizeof(*ip) + sizeof(*udp), gateway, bpf_htons(ETH_P_IPV6), ipv6))
		return DROP_ENCAP_V6;
	ip = packet->data + L3_OFFSET;
	udp = (void *)(ip + 1);
	write_ipv6(ip, flow->tos, length, IPPROTO_UDP);
	words = (__u64 *)&ip->saddr;
	words[0] = cfg.source_v6[0] | (__u64)cfg.source_v6[1] << 32;
	words[1] = cfg.source_v6[2] | (__u64)cfg.source_v6[3] << 32;
	words[2] = address[0];
	words[3] = address[1];
	write_udp(udp, port, length, gue_csum(udp + 1, flow, sum, ipv6));
	return TRANSMIT;
}

#endif /* MAKO_GUE_H */

/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Frames that do not fit any more once they carry an outer header. The client is told its path MTU (RFC 1191, RFC 8201)
 * in the VIP's name, a limited number of times per second.
 */
#ifndef MAKO_TOO_BIG_H
#define MAKO_TOO_BIG_H

#include <linux/icmpv6.h>
#include <linux/in.h>

#include "checksum.h"
#include "clock.h"
#include "icmp.h"
#include "outcome.h"
#include "packet.h"
#include "vlan.h"

/* How much of the packet is quoted, from its IP header on. Katran's sizes: a mixed fleet answers alike. */
#define QUOTE_V4	84
#define QUOTE_V6	248

/* What ICMPv6 sums besides itself (RFC 8200 8.1). */
struct pseudo_header {
	struct in6_addr src, dst;
	__be32 length;
	__be32 next_header;
};

static __always_inline __u16 fold_diff(__s64 sum)
{
	return csum_fold((__u32)sum);
}

/* Cut the frame down to what is quoted and make room for the new headers: the old Ethernet header moves under them. */
static __always_inline bool make_room(struct packet *packet, __u32 quote, __u32 headers)
{
	const __u32 length = packet->end - frame_start(packet);
	const __u32 kept = packet->tag + sizeof(struct ethhdr) + quote;

	/* A limit below the quote would make the frame longer instead. */
	if (length < kept)
		return false;
	if (bpf_xdp_adjust_tail(packet->ctx, (int)kept - (int)length))
		return false;
	if (bpf_xdp_adjust_head(packet->ctx, -(int)headers))
		return false;
	reload(packet);
	return true;
}

/* The Ethernet header of the frame, turned round, to the new start of the frame, so many bytes before the old one. */
static __always_inline void answer_ethernet(const struct packet *packet, __u32 headers, __be16 protocol)
{
	struct ethhdr *eth = frame_start(packet);
	const struct ethhdr *old = (void *)eth + headers;

	__builtin_memcpy(eth->h_dest, old->h_source, ETH_ALEN);
	__builtin_memcpy(eth->h_source, old->h_dest, ETH_ALEN);
	keep_tag(packet, eth, old);
	((struct ethhdr *)packet->data)->h_proto = protocol;
}

static __always_inline enum outcome answer_too_big_v4(struct packet *packet)
{
	const __u32 headers = sizeof(struct iphdr) + sizeof(struct icmp_header), message = sizeof(struct icmp_header) + QUOTE_V4;
	struct icmp_header *icmp;
	struct iphdr *ip, *quoted;

	if (!make_room(packet, QUOTE_V4, headers))
		return DROP_TOO_BIG;
	ip = packet->data + L3_OFFSET;
	icmp = (void *)(ip + 1);
	quoted = (void *)(icmp + 1);
	if (packet->data + L4_OFFSET_V4 + message > packet->end)
		return DROP_TOO_BIG;
	answer_ethernet(packet, headers, bpf_htons(ETH_P_IP));
	*ip = (struct iphdr){
		.version = 4,
		.ihl = IPV4_IHL_NO_OPTIONS,
		.tot_len = bpf_htons(sizeof(*ip) + message),
		.ttl = REPLY_TTL,
		.protocol = IPPROTO_ICMP,
		.saddr = quoted->daddr,
		.daddr = quoted->saddr,
	};
	ip->check = csum_ipv4_header(ip);
	*icmp = (struct icmp_header){
		.type = ICMP_UNREACHABLE,
		.code = ICMP_FRAG_NEEDED,
		.mtu = bpf_htons(cfg.max_frame_size - sizeof(struct ethhdr)),
	};
	icmp->checksum = fold_diff(bpf_csum_diff(NULL, 0, (__be32 *)icmp, message, 0));
	packet->counters->too_big_v4++;
	return TRANSMIT;
}

static __always_inline enum outcome answer_too_big_v6(struct packet *packet)
{
	const __u32 headers = sizeof(struct ipv6hdr) + sizeof(struct icmp6hdr),
		    message = sizeof(struct icmp6hdr) + QUOTE_V6;
	struct pseudo_header pseudo = {
		.length = bpf_htonl(message),
		.next_header = bpf_htonl(IPPROTO_ICMPV6),
	};
	struct ipv6hdr *ip, *quoted;
	struct icmp6hdr *icmp;
	__s64 sum;

	if (!make_room(packet, QUOTE_V6, headers))
		return DROP_TOO_BIG;
	ip = packet->data + L3_OFFSET;
	icmp = (void *)(ip + 1);
	quoted = (void *)(icmp + 1);
	if (packet->data + L4_OFFSET_V6 + message > packet->end)
		return DROP_TOO_BIG;
	answer_ethernet(packet, headers, bpf_htons(ETH_P_IPV6));
	pseudo.src = quoted->daddr;
	pseudo.dst = quoted->saddr;
	*ip = (struct ipv6hdr){
		.version = 6,
		.payload_len = bpf_htons(message),
		.nexthdr = IPPROTO_ICMPV6,
		.hop_limit = REPLY_TTL,
		.saddr = pseudo.src,
		.daddr = pseudo.dst,
	};
	*icmp = (struct icmp6hdr){
		.icmp6_type = ICMPV6_PKT_TOOBIG,
		.icmp6_mtu = bpf_htonl(cfg.max_frame_size - sizeof(struct ethhdr)),
	};
	sum = bpf_csum_diff(NULL, 0, (__be32 *)&pseudo, sizeof(pseudo), 0);
	icmp->icmp6_cksum = fold_diff(bpf_csum_diff(NULL, 0, (__be32 *)icmp, message, sum));
	packet->counters->too_big_v6++;
	return TRANSMIT;
}

/* No answer to an ICMP error: RFC 1122 3.2.2 and RFC 4443 2.4 forbid it. */
static __always_inline enum outcome too_big(struct packet *packet, const struct flow *flow, bool ipv6)
{
	struct mako_counters *counters = packet->counters;

	if (!cfg.too_big_rate || flow->flags & FLOW_FROM_ICMP)
		return DROP_TOO_BIG;
	if (!within_rate(&counters->too_big_window_start, &counters->too_big_window_replies, cfg.too_big_rate)) {
		counters->too_big_suppressed++;
		return DROP_TOO_BIG;
	}
	return ipv6 ? answer_too_big_v6(packet) : answer_too_big_v4(packet);
}

#endif /* MAKO_TOO_BIG_H */

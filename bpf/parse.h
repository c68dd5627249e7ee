/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* IP, TCP and UDP headers into a flow. */
#ifndef MAKO_PARSE_H
#define MAKO_PARSE_H

#include <linux/in.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>

#include "outcome.h"
#include "packet.h"
#include "vip.h"

#define IPV4_IHL_NO_OPTIONS	5
#define IPV4_MORE_FRAGMENTS	0x2000
#define IPV4_FRAGMENT_OFFSET	0x1fff

/* The byte of a TCP header that holds SYN and RST, and those bits (RFC 9293 3.1). */
#define TCP_FLAGS_OFFSET	13
#define TCP_FLAG_RST_BIT	0x04
#define TCP_FLAG_SYN_BIT	0x02

/* What ICMP errors embed at least of a transport header that we can use: both ports (RFC 792 guarantees 8 bytes). */
#define PORTS_LENGTH		4

/* Trouble behind the IP header concerns us only if the destination address is a VIP's; other traffic is the kernel's. */
static __always_inline enum outcome drop_if_ours(const struct flow *flow, enum outcome reason)
{
	return flow->address ? reason : PASS;
}

static __always_inline enum outcome parse_ipv4(struct packet *packet, struct flow *flow)
{
	const struct iphdr *ip = packet->data + L3_OFFSET;

	if ((void *)(ip + 1) > packet->end)
		return DROP_MALFORMED;
	flow->address = find_ipv4_address(packet, 0, ip->daddr);
	if (ip->ihl != IPV4_IHL_NO_OPTIONS)
		return drop_if_ours(flow, DROP_OPTIONS);
	if (ip->frag_off & bpf_htons(IPV4_MORE_FRAGMENTS | IPV4_FRAGMENT_OFFSET))
		return drop_if_ours(flow, DROP_FRAGMENT);
	flow->src[0] = ip->saddr;
	flow->protocol = ip->protocol;
	flow->tos = ip->tos;
	flow->bytes = bpf_ntohs(ip->tot_len);
	return CONTINUE;
}

/* No extension header is understood; all but the fragment header end in "neither TCP nor UDP". */
static __always_inline enum outcome parse_ipv6(struct packet *packet, struct flow *flow)
{
	const struct ipv6hdr *ip = packet->data + L3_OFFSET;
	const __u64 *src = (const __u64 *)&ip->saddr, *dst = (const __u64 *)&ip->daddr;

	if ((void *)(ip + 1) > packet->end)
		return DROP_MALFORMED;
	flow->address = find_ipv6_address(packet, 0, dst[0], dst[1]);
	if (ip->nexthdr == IPPROTO_FRAGMENT)
		return drop_if_ours(flow, DROP_FRAGMENT);
	flow->src[0] = src[0];
	flow->src[1] = src[1];
	flow->protocol = ip->nexthdr;
	/* Version, traffic class and flow label share the first word. */
	flow->tos = bpf_ntohs(*(const __u16 *)ip) >> 4;
	flow->bytes = bpf_ntohs(ip->payload_len);
	return CONTINUE;
}

static __always_inline void take_tcp_flags(struct flow *flow, __u8 bits)
{
	if (bits & TCP_FLAG_SYN_BIT)
		flow->flags |= FLOW_SYN;
	if (bits & TCP_FLAG_RST_BIT)
		flow->flags |= FLOW_RST;
}

/* The packet's own TCP or UDP header, which must be complete. */
static __always_inline enum outcome parse_transport(struct packet *packet, struct flow *flow, __u32 offset)
{
	const void *transport = packet->data + offset;

	if (flow->protocol == IPPROTO_TCP) {
		if (transport + sizeof(struct tcphdr) > packet->end)
			return DROP_MALFORMED;
		take_tcp_flags(flow, *(const __u8 *)(transport + TCP_FLAGS_OFFSET));
	} else if (flow->protocol == IPPROTO_UDP) {
		if (transport + sizeof(struct udphdr) > packet->end)
			return DROP_MALFORMED;
	} else {
		return PASS;
	}
	flow->ports = *(const __u32 *)transport;
	return CONTINUE;
}

/*
 * The header that an ICMP error embeds: sent by the VIP, so the ports stand the other way round. Routers may cut it off
 * behind the ports.
 */
static __always_inline enum outcome parse_embedded_transport(struct packet *packet, struct flow *flow, __u32 offset)
{
	const void *transport = packet->data + offset;
	const __u8 *tcp_flags = transport + TCP_FLAGS_OFFSET;

	if (flow->protocol != IPPROTO_TCP && flow->protocol != IPPROTO_UDP)
		return PASS;
	if (transport + PORTS_LENGTH > packet->end)
		return DROP_MALFORMED;
	flow->ports = rol32(*(const __u32 *)transport, 16);
	if (flow->protocol == IPPROTO_TCP && (void *)(tcp_flags + 1) <= packet->end)
		take_tcp_flags(flow, *tcp_flags);
	return CONTINUE;
}

#endif /* MAKO_PARSE_H */

/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * ICMP for VIPs: pings are answered in place; errors follow the flow they complain about, so that the real that sent the
 * offending packet hears of it. Everything else is the kernel's.
 */
#ifndef MAKO_ICMP_H
#define MAKO_ICMP_H

#include <linux/icmpv6.h>

#include "checksum.h"
#include "outcome.h"
#include "packet.h"
#include "parse.h"
#include "vip.h"
#include "vlan.h"

/* RFC 792. Debian's <linux/icmp.h> drags in the C library, which does not know the BPF target. */
#define ICMP_ECHO_REPLY		0
#define ICMP_UNREACHABLE	3
#define ICMP_ECHO_REQUEST	8
/* Codes of ICMP_UNREACHABLE. */
#define ICMP_HOST_UNREACHABLE	1
#define ICMP_PORT_UNREACHABLE	3
#define ICMP_FRAG_NEEDED	4	/* with a next-hop MTU since RFC 1191 */

struct icmp_header {
	__u8 type;
	__u8 code;
	__u16 checksum;
	__be16 unused;
	__be16 mtu;
};
_Static_assert(sizeof(struct icmp_header) == 8, "RFC 792");

#define REPLY_TTL		64

/* Path MTUs below what every IPv6 link carries (RFC 8200 5) are counted: somebody's tunnel, or somebody's attack. */
#define SMALL_MTU		1280

static __always_inline void swap_macs(struct ethhdr *eth)
{
	__u8 mac[ETH_ALEN];

	__builtin_memcpy(mac, eth->h_source, ETH_ALEN);
	__builtin_memcpy(eth->h_source, eth->h_dest, ETH_ALEN);
	__builtin_memcpy(eth->h_dest, mac, ETH_ALEN);
}

/*
 * Type 8 becomes 0, so the one's complement checksum grows by 8, with end-around carry. Its zero stays as it falls: all
 * ones and all zeros are the same number.
 */
static __always_inline enum outcome echo_reply_v4(struct packet *packet, struct icmp_header *icmp)
{
	struct iphdr *ip = packet->data + L3_OFFSET;
	__u32 sum = icmp->checksum + ICMP_ECHO_REQUEST - ICMP_ECHO_REPLY;
	__be32 address = ip->saddr;

	icmp->type = ICMP_ECHO_REPLY;
	icmp->checksum = sum + (sum >> 16);
	ip->ttl = REPLY_TTL;
	ip->saddr = ip->daddr;
	ip->daddr = address;
	ip->check = 0;
	ip->check = csum_ipv4_header(ip);
	swap_macs(frame_start(packet));
	packet->counters->echo_v4++;
	return TRANSMIT;
}

/* Type 128 becomes 129: the checksum shrinks by 1, with end-around borrow. */
static __always_inline enum outcome echo_reply_v6(struct packet *packet, struct icmp6hdr *icmp)
{
	struct ipv6hdr *ip = packet->data + L3_OFFSET;
	struct in6_addr address = ip->saddr;
	__u16 sum = icmp->icmp6_cksum;

	icmp->icmp6_type = ICMPV6_ECHO_REPLY;
	icmp->icmp6_cksum = sum ? sum - 1 : 0xfffe;
	ip->hop_limit = REPLY_TTL;
	ip->saddr = ip->daddr;
	ip->daddr = address;
	swap_macs(frame_start(packet));
	packet->counters->echo_v6++;
	return TRANSMIT;
}

static __always_inline enum outcome icmp_v4(struct packet *packet, struct flow *flow)
{
	struct icmp_header *icmp = packet->data + L4_OFFSET_V4;
	struct iphdr *embedded = (void *)(icmp + 1);

	if ((void *)(icmp + 1) > packet->end)
		return drop_if_ours(flow, DROP_MALFORMED);
	if (icmp->type == ICMP_ECHO_REQUEST)
		return flow->address ? echo_reply_v4(packet, icmp) : PASS;
	if (icmp->type != ICMP_UNREACHABLE)
		return PASS;
	if ((void *)(embedded + 1) > packet->end || embedded->ihl != IPV4_IHL_NO_OPTIONS)
		return drop_if_ours(flow, DROP_MALFORMED);
	flow->address = find_ipv4_address(packet, FLOW_FROM_ICMP, embedded->saddr);
	if (!flow->address)
		return PASS;
	if (icmp->code == ICMP_FRAG_NEEDED) {
		packet->counters->frag_needed_v4++;
		if (bpf_ntohs(icmp->mtu) < SMALL_MTU)
			packet->counters->frag_needed_small_v4++;
	}
	flow->src[0] = embedded->daddr;
	flow->protocol = embedded->protocol;
	flow->flags |= FLOW_FROM_ICMP;
	return parse_embedded_transport(packet, flow, L4_OFFSET_V4 + sizeof(*icmp) + sizeof(*embedded));
}

static __always_inline enum outcome icmp_v6(struct packet *packet, struct flow *flow)
{
	struct icmp6hdr *icmp = packet->data + L4_OFFSET_V6;
	struct ipv6hdr *embedded = (void *)(icmp + 1);
	const __u64 *server = (const __u64 *)&embedded->saddr, *client = (const __u64 *)&embedded->daddr;

	if ((void *)(icmp + 1) > packet->end)
		return drop_if_ours(flow, DROP_MALFORMED);
	if (icmp->icmp6_type == ICMPV6_ECHO_REQUEST)
		return flow->address ? echo_reply_v6(packet, icmp) : PASS;
	if (icmp->icmp6_type != ICMPV6_DEST_UNREACH && icmp->icmp6_type != ICMPV6_PKT_TOOBIG)
		return PASS;
	if ((void *)(embedded + 1) > packet->end)
		return drop_if_ours(flow, DROP_MALFORMED);
	flow->address = find_ipv6_address(packet, FLOW_FROM_ICMP, server[0], server[1]);
	if (!flow->address)
		return PASS;
	if (icmp->icmp6_type == ICMPV6_PKT_TOOBIG) {
		packet->counters->too_big_seen_v6++;
		if (bpf_ntohl(icmp->icmp6_mtu) < SMALL_MTU)
			packet->counters->too_big_seen_small_v6++;
	}
	flow->src[0] = client[0];
	flow->src[1] = client[1];
	flow->protocol = embedded->nexthdr;
	flow->flags |= FLOW_FROM_ICMP;
	return parse_embedded_transport(packet, flow, L4_OFFSET_V6 + sizeof(*icmp) + sizeof(*embedded));
}

#endif /* MAKO_ICMP_H */

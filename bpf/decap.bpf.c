// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * decap - what a real server runs in front of its network stack
 *
 * The balancer sends IP in IP (RFC 2003), IP in IPv6 (RFC 2473) or GUE. This
 * program removes the outer header and hands the client's packet to the stack, which
 * finds the VIP on the loopback interface. It is stateless and needs no configuration.
 *
 * Only tunnelled packets are touched: protocol 4, 41 or UDP to port 6080 in a whole
 * IPv4 packet without options, the same as next header directly after an IPv6 header.
 * Everything else, and every tunnelled packet whose inner header is not what the
 * protocol number (or, for GUE, the first nibble behind the UDP header) announces,
 * reaches the stack as it came.
 *
 * GUE's UDP checksum is not looked at: it covers nothing that the checksums of the
 * inner packet do not cover, but for the outer addresses, which are of no more use.
 *
 * The inner TTL is not decremented: RFC 2003 section 3.1 leaves that to a node
 * that forwards the inner packet, and the stack does it there. A packet whose inner
 * TTL is already zero is discarded, as the same section demands. Congestion marks
 * of the outer header are kept as RFC 6040 section 4.2 says: "congestion
 * experienced" moves into an inner packet that can carry it, and an inner packet
 * that cannot is discarded, so that the sender notices.
 */
#include <stdbool.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* RFC 3168 section 5: the two low bits of the traffic class */
#define ECN_MASK 0x03
#define ECN_CE 0x03

/* RFC 791 section 3.1: "more fragments" and the 13 bits of the offset */
#define IP_MF_OR_OFFSET 0x3fff

/* What IANA assigned to GUE */
#define GUE_PORT 6080

/* The first bit of an Ethernet address marks a group: broadcast and multicast */
#define ETH_GROUP_BIT 0x01

/*
 * Packets since the program was attached, per CPU.
 * Read them with: bpftool map dump name decap_counters
 */
struct decap_counters {
	__u64 outer_ipv4;	/* decapsulated, IPv4 outside */
	__u64 outer_ipv6;	/* decapsulated, IPv6 outside */
	__u64 expired;		/* dropped, inner TTL was zero */
	__u64 congested;	/* dropped, congestion mark the inner packet cannot carry */
	__u64 failed;		/* dropped, the kernel could not shorten the frame */
};
_Static_assert(sizeof(struct decap_counters) == 40, "read by name and by offset");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct decap_counters);
} decap_counters SEC(".maps");

/* What the outer header says */
struct outer {
	__u32 length;		/* bytes up to the inner header */
	__u8 protocol;		/* of the packet inside: IPPROTO_IPIP or IPPROTO_IPV6 */
	__u8 traffic_class;
	bool ipv6;
};

/*
 * UDP to the port of GUE: variant 1 has nothing between the UDP header and the packet
 * inside, whose version is also the protocol. false: not that.
 */
static __always_inline bool read_gue(const struct udphdr *udp, const void *end, struct outer *outer)
{
	const __u8 *inner = (const void *)(udp + 1);

	if ((const void *)(inner + 1) > end || udp->dest != bpf_htons(GUE_PORT))
		return false;
	outer->length += sizeof(*udp);
	outer->protocol = *inner >> 4 == 4 ? IPPROTO_IPIP : IPPROTO_IPV6;
	return true;
}

/* Reads the outer header; false: not a tunnelled packet of the kind we undo. */
static __always_inline bool read_outer(const struct ethhdr *eth, const void *end,
				       struct outer *outer)
{
	if (eth->h_proto == bpf_htons(ETH_P_IP)) {
		const struct iphdr *ip = (const void *)(eth + 1);

		if ((const void *)(ip + 1) > end || ip->ihl != 5 ||
		    (ip->frag_off & bpf_htons(IP_MF_OR_OFFSET)))
			return false;
		outer->length = sizeof(*ip);
		outer->protocol = ip->protocol;
		outer->traffic_class = ip->tos;
		if (ip->protocol == IPPROTO_UDP)
			return read_gue((const void *)(ip + 1), end, outer);
	} else if (eth->h_proto == bpf_htons(ETH_P_IPV6)) {
		const struct ipv6hdr *ip = (const void *)(eth + 1);

		if ((const void *)(ip + 1) > end)
			return false;
		outer->length = sizeof(*ip);
		outer->protocol = ip->nexthdr;
		/* Bits 4 to 11 of the header */
		outer->traffic_class = ip->priority << 4 | ip->flow_lbl[0] >> 4;
		outer->ipv6 = true;
		if (ip->nexthdr == IPPROTO_UDP)
			return read_gue((const void *)(ip + 1), end, outer);
	} else {
		return false;
	}
	return outer->protocol == IPPROTO_IPIP || outer->protocol == IPPROTO_IPV6;
}

/*
 * Sets "congestion experienced" and repairs the header checksum (RFC 1624,
 * equation 3). Only the 16-bit word that holds the traffic class changes.
 */
static __always_inline void mark_ipv4(struct iphdr *ip)
{
	__u16 before = *(__u16 *)ip, after;
	__u32 sum;

	ip->tos |= ECN_CE;
	after = *(__u16 *)ip;
	sum = (__u16)~ip->check + (__u16)~before + after;
	/* Three 16-bit numbers carry at most 2, so the second fold carries nothing on */
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	ip->check = ~sum;
}

static __always_inline int decapsulate(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data, saved;
	struct decap_counters *counters;
	__u8 inner_ttl, inner_ecn;
	struct outer outer = {};
	__u32 zero = 0;
	bool congested;

	counters = bpf_map_lookup_elem(&decap_counters, &zero);
	if (!counters || (void *)(eth + 1) > end || (eth->h_dest[0] & ETH_GROUP_BIT) ||
	    !read_outer(eth, end, &outer))
		return XDP_PASS;
	congested = (outer.traffic_class & ECN_MASK) == ECN_CE;

	if (outer.protocol == IPPROTO_IPIP) {
		struct iphdr *inner = (void *)(eth + 1) + outer.length;

		if ((void *)(inner + 1) > end || inner->version != 4)
			return XDP_PASS;
		inner_ttl = inner->ttl;
		inner_ecn = inner->tos & ECN_MASK;
		if (congested && inner_ecn)
			mark_ipv4(inner);
	} else {
		struct ipv6hdr *inner = (void *)(eth + 1) + outer.length;

		if ((void *)(inner + 1) > end || inner->version != 6)
			return XDP_PASS;
		inner_ttl = inner->hop_limit;
		inner_ecn = inner->flow_lbl[0] >> 4 & ECN_MASK;
		if (congested && inner_ecn)
			inner->flow_lbl[0] |= ECN_CE << 4;
	}
	if (!inner_ttl) {
		counters->expired++;
		return XDP_DROP;
	}
	if (congested && !inner_ecn) {
		counters->congested++;
		return XDP_DROP;
	}

	saved = *eth;
	saved.h_proto = bpf_htons(outer.protocol == IPPROTO_IPIP ? ETH_P_IP : ETH_P_IPV6);
	if (bpf_xdp_adjust_head(ctx, outer.length)) {
		counters->failed++;
		return XDP_DROP;
	}
	eth = (void *)(long)ctx->data;
	end = (void *)(long)ctx->data_end;
	if ((void *)(eth + 1) > end) {
		counters->failed++;
		return XDP_DROP;
	}
	*eth = saved;
	if (outer.ipv6)
		counters->outer_ipv6++;
	else
		counters->outer_ipv4++;
	return XDP_PASS;
}

/* For interfaces whose frames fit into a page */
SEC("xdp")
int decap(struct xdp_md *ctx)
{
	return decapsulate(ctx);
}

/* For jumbo frames, where the driver supports XDP on several buffers */
SEC("xdp.frags")
int decap_frags(struct xdp_md *ctx)
{
	return decapsulate(ctx);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * VIP look-up in two steps: does the destination address belong to a VIP at all, then which of its VIPs is meant. The
 * first step answers for the traffic that is none of our business, and for fragments and pings, which have no port.
 */
#ifndef MAKO_VIP_H
#define MAKO_VIP_H

#include "maps.h"
#include "outcome.h"
#include "packet.h"
#include "prefix.h"
#include "vip_table.h"

/* Id of an IPv4 address that is a VIP's, PREFIX_ADDRESS if it is only in prefixes, 0 if it belongs to no VIP. */
static __always_inline __u32 find_ipv4_address(const struct packet *packet, __u8 flow_flags, __be32 address)
{
	__u32 id = find_host(packet->generation, 0, mapped_ipv4(address));

	return id ? id : find_prefix_address(packet, flow_flags, false);
}

/*
 * The same for the two raw words of an address of an IPv6 header. What the table holds as ::ffff:a.b.c.d is an IPv4 VIP:
 * an IPv6 packet to that address is none of its packets, and an IPv4 real could not carry it.
 */
static __always_inline __u32 find_ipv6_address(const struct packet *packet, __u8 flow_flags, __u64 hi, __u64 lo)
{
	__u32 id = !hi && (__u32)lo == MAPPED_IPV4 ? 0 : find_host(packet->generation, hi, lo);

	return id ? id : find_prefix_address(packet, flow_flags, true);
}

/*
 * Number, flags and ring of the VIP that the flow goes to: first those of its port, then those of every port; of each, the
 * one of the address itself, then the one of the longest prefix. A VIP of every port and one of a prefix hide the port
 * unless their flags keep it.
 */
static __always_inline enum outcome find_vip(struct packet *packet, struct flow *flow, bool ipv6)
{
	__u64 key = (__u64)flow->address << 32 | (flow->ports & 0xffff0000) | flow->protocol;
	__u32 number = find_service(packet->generation, key);
	bool any_port = false;
	struct mako_vip *vip;

	if (number == NO_VIP) {
		any_port = true;
		number = find_prefix_vip(packet, flow->flags, ipv6, key);
		if (number == NO_VIP)
			number = find_service(packet->generation, key & ~0xffff0000ULL);
		if (number == NO_VIP)
			number = find_prefix_vip(packet, flow->flags, ipv6, key & 0xffff);
		if (number == NO_VIP)
			return PASS;
	}
	vip = bpf_map_lookup_elem(&mako_vips, &number);
	packet->vip = bpf_map_lookup_elem(&mako_vip_stats, &number);
	if (!vip || !packet->vip)
		return PASS;
	flow->number = number;
	flow->vip.word = READ_ONCE(vip->now.word);
	if (any_port && !(flow->vip.flags & (MAKO_VIP_DPORT_HASH | MAKO_VIP_HASH_SRC_DST_PORT)))
		flow->ports &= 0x0000ffff;
	return CONTINUE;
}

#endif /* MAKO_VIP_H */

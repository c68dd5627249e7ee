/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * VIPs that are prefixes. They have a table of their own, so that VIPs of one address cost the same with and without them:
 * who finds nothing there, asks here. What an address is in, and which VIP an address and a port mean, is one look-up each,
 * because port and protocol come before the address in a key: the longest prefix of those that have this service wins.
 */
#ifndef MAKO_PREFIX_H
#define MAKO_PREFIX_H

#include <stddef.h>

#include <linux/bpf.h>
#include <linux/ip.h>
#include <linux/ipv6.h>

#include "maps.h"
#include "packet.h"
#include "vip_table.h"

/* In place of the id of an address that is in prefixes only: no address has it, so the table of the others knows none of its VIPs. */
#define PREFIX_ADDRESS	(~0U)

/* Bits of a key whose address is whole. */
#define WHOLE_KEY	(8 * (sizeof(struct mako_prefix) - offsetof(struct mako_prefix, table)))

/* Port and protocol of the prefix itself, whatever its VIPs are. */
#define ANY_SERVICE	0

/*
 * Where the address of a flow's VIP is in the frame, and of which family: it is read from there again. Kept in the flow, it
 * would cost those who do not need it.
 */
#define IN_IPV6		0x10000
#define PLACE_OFFSET	0xff

/* From the destination of an ICMP error, whose header has 8 bytes, to the source of what it embeds. */
#define EMBEDDED_V4	(sizeof(struct iphdr) + 8 + offsetof(struct iphdr, saddr) - offsetof(struct iphdr, daddr))
#define EMBEDDED_V6	(sizeof(struct ipv6hdr) + 8 + offsetof(struct ipv6hdr, saddr) - offsetof(struct ipv6hdr, daddr))
_Static_assert(FLOW_FROM_ICMP == 1, "a factor");

/* tag is the length of the VLAN tag, flow_flags are FLOW_*. */
static __always_inline __u32 place_of_vip(__u32 tag, __u8 flow_flags, bool ipv6)
{
	__u32 ip = tag + L3_OFFSET, embedded = flow_flags & FLOW_FROM_ICMP;

	/* Without a branch, which the verifier would follow twice from here on. */
	if (ipv6)
		return IN_IPV6 | (ip + offsetof(struct ipv6hdr, daddr) + embedded * EMBEDDED_V6);
	return ip + offsetof(struct iphdr, daddr) + embedded * EMBEDDED_V4;
}

/* The same of a packet whose IP header ends at this offset: both headers end with the destination. */
static __always_inline __u32 place_before(__u32 offset, bool ipv6)
{
	return ipv6 ? IN_IPV6 | (offset - sizeof(struct in6_addr)) : offset - sizeof(__be32);
}

/* The address as in struct mako_flow_to. False cannot happen, all this was there before; the verifier wants to be told. */
static __always_inline bool read_address(struct xdp_md *ctx, __u32 place, __u64 address[2])
{
	const void *data = (void *)(long)ctx->data + (place & PLACE_OFFSET), *end = (void *)(long)ctx->data_end;
	const __u64 *words = data;

	if (!(place & IN_IPV6)) {
		if (data + sizeof(__be32) > end)
			return false;
		address[0] = *(const __u32 *)data;
		address[1] = 0;
		return true;
	}
	if (data + sizeof(struct in6_addr) > end)
		return false;
	address[0] = words[0];
	address[1] = words[1];
	return true;
}

/* Whether the VIP number of the flow does not tell its destination. */
static __always_inline bool is_prefix(const struct flow *flow)
{
	return cfg.prefix_vips && flow->vip.flags & MAKO_VIP_PREFIX;
}

/* The number of the VIP whose prefix is the longest that holds the address, of those with this service; or NO_VIP. */
static __noinline __u32 find_in_prefixes(struct xdp_md *ctx, __u32 generation, __u32 place, __u32 service)
{
	struct mako_prefix key = {
		.length = WHOLE_KEY,
		.table = MAKO_PREFIX_TABLE(generation, !!(place & IN_IPV6)),
		.protocol = service,
		.port = service >> 16,
	};
	__u64 address[2];
	__u32 *number;

	if (!read_address(ctx, place, address))
		return NO_VIP;
	__builtin_memcpy(key.addr, address, sizeof(key.addr));
	number = bpf_map_lookup_elem(&mako_prefixes, &key);
	return number ? *number : NO_VIP;
}

/*
 * The same for the VIP address of a flow. service is the port, as it lies in the packet, << 16 | the protocol.
 */
static __always_inline __u32 find_prefix_vip(const struct packet *packet, __u8 flow_flags, bool ipv6, __u32 service)
{
	if (!packet->prefixes)
		return NO_VIP;
	return find_in_prefixes(packet->ctx, packet->generation, place_of_vip(packet->tag, flow_flags, ipv6), service);
}

/* The id of an address that no VIP has for itself: PREFIX_ADDRESS if it is in a prefix, else 0. */
static __always_inline __u32 find_prefix_address(const struct packet *packet, __u8 flow_flags, bool ipv6)
{
	return find_prefix_vip(packet, flow_flags, ipv6, ANY_SERVICE) == NO_VIP ? 0 : PREFIX_ADDRESS;
}

#endif /* MAKO_PREFIX_H */

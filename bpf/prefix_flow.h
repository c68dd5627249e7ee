/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Flows to VIPs that are prefixes in the connection table. The number of such a VIP does not tell the destination, so that is
 * part of their entries, and they have tables of their own, of both families.
 *
 * What is asked of these tables are functions that are not inlined, with the short way through them: see server_id.h.
 */
#ifndef MAKO_PREFIX_FLOW_H
#define MAKO_PREFIX_FLOW_H

#include "flow_table.h"
#include "maps.h"
#include "packet.h"
#include "prefix.h"
#include "server_id.h"

/* What is asked of a table, apart from what identifiers tell it. */
#define PREFIX_FIND		0	/* the real that the flow was given, or NO_REAL */
#define PREFIX_REMEMBER		1	/* its real, over what was remembered before: no answer */
#define PREFIX_REMEMBER_SYN	2	/* the same of a flow that nobody has looked for */

/* The answer of a CPU that has no table. */
#define PREFIX_ABSENT		(~0U)

/* The flow with its destination, which is at this place, see prefix.h. False cannot happen, but the verifier wants to be told. */
static __always_inline bool unpack(struct xdp_md *ctx, const struct named_flow *named, __u32 place, struct packet *packet,
				   struct flow *flow)
{
	__u32 zero = 0;

	packet->control = bpf_map_lookup_elem(&mako_control, &zero);
	packet->counters = bpf_map_lookup_elem(&mako_counters, &zero);
	*flow = flow_of(named);
	return packet->control && packet->counters && read_address(ctx, place, flow->dst);
}

/* request is one of the above. */
__noinline __u32 ask_prefix_table(struct xdp_md *ctx, const struct named_flow *named, __u32 place, __u32 request)
{
	__u32 now = stamp_now();
	struct packet packet = {};
	struct flow_sets sets;
	bool known = false;
	struct flow flow;
	void *way;

	if (!cfg.prefix_vips || !named || !unpack(ctx, named, place, &packet, &flow))
		return NO_REAL;
	sets = flow_sets(&packet, &flow, LAYOUT_TO);
	if (!sets.table)
		return PREFIX_ABSENT;
	way = look_up_place(&sets, &flow, now, LAYOUT_TO, &known);
	if (!way)
		return NO_REAL;
	if (request == PREFIX_FIND)
		return known ? use_entry(flow_tail(way, LAYOUT_TO), &flow) : NO_REAL;
	write_way(way, &flow, now, LAYOUT_TO);
	return NO_REAL;
}

/* The same of the table that serves CPUs without one of their own. */
__noinline __u32 ask_prefix_fallback(struct xdp_md *ctx, const struct named_flow *named, __u32 place, __u32 request)
{
	struct mako_fallback_key_to key;
	struct packet packet = {};
	struct flow flow;

	if (!cfg.prefix_vips || !named || !unpack(ctx, named, place, &packet, &flow))
		return NO_REAL;
	key = fallback_key_to(&flow);
	if (request == PREFIX_FIND)
		return find_in(&mako_fallbackto, &key, &packet, &flow);
	flow.flags = request == PREFIX_REMEMBER_SYN ? FLOW_SYN : 0;
	remember_in(&mako_fallbackto, &key, &packet, &flow, stamp_now());
	return NO_REAL;
}

static __always_inline __u32 ask_prefix_tables(struct xdp_md *ctx, const struct named_flow *named, __u32 place,
					       __u32 request)
{
	__u32 answer = ask_prefix_table(ctx, named, place, request);

	return answer == PREFIX_ABSENT ? ask_prefix_fallback(ctx, named, place, request) : answer;
}

/* The real that the flow was given, or NO_REAL. */
static __always_inline __u32 find_prefix_flow(const struct packet *packet, const struct flow *flow, bool ipv6)
{
	struct named_flow named = named_flow(flow, ipv6);

	return ask_prefix_tables(packet->ctx, &named, place_of_vip(packet->tag, flow->flags, ipv6), PREFIX_FIND);
}

/* Remember flow->real, over what was remembered before. */
static __always_inline void remember_prefix_flow(const struct packet *packet, const struct flow *flow, bool ipv6)
{
	struct named_flow named = named_flow(flow, ipv6);
	__u32 request = flow->flags & FLOW_SYN ? PREFIX_REMEMBER_SYN : PREFIX_REMEMBER;

	named.real = flow->real;
	ask_prefix_tables(packet->ctx, &named, place_of_vip(packet->tag, flow->flags, ipv6), request);
}

/* As synchronise_ipv4(), of a flow to a prefix. */
static __noinline int synchronise_prefix(struct xdp_md *ctx, const struct named_flow *named, __u32 place)
{
	struct packet packet = {};
	struct flow flow;

	return unpack(ctx, named, place, &packet, &flow) ? synchronise(&packet, &flow, LAYOUT_TO) : TABLE_NOT_FOUND;
}

static __noinline int synchronise_prefix_fallback(struct xdp_md *ctx, const struct named_flow *named, __u32 place)
{
	struct mako_fallback_key_to key;
	struct packet packet = {};
	struct flow flow;

	if (!unpack(ctx, named, place, &packet, &flow))
		return TABLE_NOT_FOUND;
	key = fallback_key_to(&flow);
	return synchronise_in(&mako_fallbackto, &key, &flow, packet.counters);
}

/*
 * Lets the connection table know which real a flow has named, whatever its VIP. offset is that of the header behind the IP
 * header.
 */
static __always_inline int tell_table(struct xdp_md *ctx, __u32 offset, const struct named_flow *named,
				      struct mako_counters *counters)
{
	int found;

	if (cfg.prefix_vips && named->vip_flags & MAKO_VIP_PREFIX) {
		__u32 place = place_before(offset, named->ipv6);

		found = synchronise_prefix(ctx, named, place);
		return found == TABLE_ABSENT ? synchronise_prefix_fallback(ctx, named, place) : found;
	}
	found = named->ipv6 ? synchronise_ipv6(named) : synchronise_ipv4(named);
	return found == TABLE_ABSENT ? synchronise_fallback(named, counters) : found;
}

#endif /* MAKO_PREFIX_FLOW_H */

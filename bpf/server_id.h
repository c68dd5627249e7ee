/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Server ids: numbers that a real gives its clients, so that later packets name it wherever they arrive. This is what all
 * kinds of identifiers share: which real a number stands for, and what the connection table is told of it.
 *
 * Reading identifiers and telling the table are functions that are not inlined: only packets of VIPs that want it come
 * there, and the verifier looks at a function that is not static once, however often it is called and whatever was known
 * before the call. That keeps the pipeline itself as small as it is without identifiers. Such a function is there whether
 * it is called or not, so those of what can be switched off ask first whether it is on.
 */
#ifndef MAKO_SERVER_ID_H
#define MAKO_SERVER_ID_H

#include "flow_table.h"
#include "maps.h"
#include "packet.h"
#include "prefix.h"

/* What the connection table said of a flow that an identifier has placed. */
#define TABLE_MATCH	0	/* the same real */
#define TABLE_MISMATCH	1	/* another one; now it says the same */
#define TABLE_NOT_FOUND	2	/* nothing; now it knows the flow, if the limit of new connections lets it */
#define TABLE_ABSENT	3	/* this CPU has none */

/*
 * A flow as functions take it that are not inlined: all that is_flow() tells flows apart by, and the real that the
 * identifier names. Without gaps, because the verifier wants every byte written.
 */
struct named_flow {
	__u64 src[2];
	__u32 ports;
	__u32 number;
	__u32 protocol;
	__u32 ipv6;
	__u32 real;
	__u16 vip_flags;
	__u16 from_icmp;
};
_Static_assert(sizeof(struct named_flow) == 40, "gaps in struct named_flow");

static __always_inline struct named_flow named_flow(const struct flow *flow, bool ipv6)
{
	struct named_flow named = {
		.src = { flow->src[0], flow->src[1] },
		.ports = flow->ports,
		.number = flow->number,
		.protocol = flow->protocol,
		.ipv6 = ipv6,
		.real = NO_REAL,
		.vip_flags = flow->vip.flags,
		.from_icmp = flow->flags & FLOW_FROM_ICMP,
	};

	return named;
}

/* Beyond every header that is looked for: tells the verifier that an offset into the frame is small. */
#define MOST_OFFSET	256

/* The real of an id, or NO_REAL. There is no page where no id was ever entered. */
static __always_inline __u32 find_server(__u32 id)
{
	__u32 page = id / MAKO_SERVER_ID_PAGE, first = 0;
	void *table;
	__u16 *reals;

	if (!id || id > MAKO_SERVER_ID_LAST)
		return NO_REAL;
	table = bpf_map_lookup_elem(&mako_server_ids, &page);
	if (!table)
		return NO_REAL;
	reals = bpf_map_lookup_elem(table, &first);
	return reals ? READ_ONCE(reals[id % MAKO_SERVER_ID_PAGE]) : NO_REAL;
}

/* Server ids know no families, packets do: an IPv4 tunnel cannot tell that it carries IPv6. */
static __always_inline bool can_carry(__u32 index, __u32 ipv6)
{
	struct mako_real *real = bpf_map_lookup_elem(&mako_reals, &index);

	return real && (!ipv6 || real->flags & MAKO_REAL_IPV6);
}

/*
 * The half of the tail that says which real is stored alone: should the control plane be purging the entry, it stays a
 * tombstone, or the purge sees another word than it expected and looks again.
 */
static __always_inline int correct(union mako_flow_tail *tail, const struct flow *flow)
{
	if (tail->real == flow->real)
		return TABLE_MATCH;
	WRITE_ONCE(tail->real, flow->real);
	return TABLE_MISMATCH;
}

/*
 * Where the table has the flow, as *known tells, or would have it. The same place as place_for() finds, in a loop: there the
 * code is fast, here it is short, and leaves room on the stack that the pipeline shares with its functions.
 */
static __always_inline void *look_up_place(const struct flow_sets *sets, const struct flow *flow, __u32 now,
					   enum layout layout, bool *known)
{
	void *set = NULL, *empty = NULL, *oldest = NULL;

#pragma clang loop unroll(disable)
	for (unsigned int i = 0; i < 2 * WAYS; i++) {
		union mako_flow_tail *tail;
		void *way;

		if (i % WAYS == 0) {
			if (empty)
				break;
			set = flow_set(sets->table, i ? sets->hash >> 32 : sets->hash, layout);
			if (!set)
				return NULL;
		}
		way = flow_way(set, i % WAYS, layout);
		tail = flow_tail(way, layout);
		if (is_flow(way, flow, layout)) {
			*known = true;
			return way;
		}
		if (tail->real == NO_REAL) {
			if (!empty)
				empty = way;
		} else if (!oldest || silence(tail, now) > silence(flow_tail(oldest, layout), now)) {
			oldest = way;
		}
	}
	return empty ? empty : oldest;
}

static __always_inline struct flow flow_of(const struct named_flow *named)
{
	struct flow flow = {
		.src = { named->src[0], named->src[1] },
		.ports = named->ports,
		.number = named->number,
		.real = named->real,
		.protocol = named->protocol,
	};

	return flow;
}

/*
 * Entries of UDP flows do not get younger, and new ones are born expired: when a flow goes on without an identifier, the
 * ring places it, as Katran does. What TCP's stamps tell is who is still there.
 */
static __always_inline int synchronise(const struct packet *packet, const struct flow *flow, enum layout layout)
{
	struct flow_sets sets = flow_sets(packet, flow, layout);
	union mako_flow_tail *tail;
	bool known = false;
	__u32 now;
	void *way;

	if (!sets.table)
		return TABLE_ABSENT;
	now = stamp_now();
	way = look_up_place(&sets, flow, now, layout, &known);
	if (!way)
		return TABLE_NOT_FOUND;
	if (!known) {
		if (admit_connection(packet->counters))
			write_way(way, flow, flow->protocol == IPPROTO_UDP ? 0 : now, layout);
		return TABLE_NOT_FOUND;
	}
	tail = flow_tail(way, layout);
	if (flow->protocol != IPPROTO_UDP)
		renew(tail, flow, now);
	return correct(tail, flow);
}

static __always_inline int synchronise_named(const struct named_flow *named, enum layout layout)
{
	__u32 zero = 0;
	struct packet packet = {
		.control = bpf_map_lookup_elem(&mako_control, &zero),
		.counters = bpf_map_lookup_elem(&mako_counters, &zero),
	};
	struct flow flow;

	if (!named || !packet.control || !packet.counters)
		return TABLE_NOT_FOUND;
	flow = flow_of(named);
	return synchronise(&packet, &flow, layout);
}

__noinline int synchronise_ipv4(const struct named_flow *named)
{
	return synchronise_named(named, LAYOUT_V4);
}

__noinline int synchronise_ipv6(const struct named_flow *named)
{
	return synchronise_named(named, LAYOUT_V6);
}

/* The same in a table of CPUs without one of their own, with the key of the flow there. */
static __always_inline int synchronise_in(void *table, const void *key, const struct flow *flow,
					  struct mako_counters *counters)
{
	struct mako_fallback_value *value = bpf_map_lookup_elem(table, key), made = {};

	counters->fallback_packets++;
	if (value) {
		if (value->real == flow->real)
			return TABLE_MATCH;
		value->real = flow->real;
		return TABLE_MISMATCH;
	}
	made.real = flow->real;
	made.stamp = flow->protocol == IPPROTO_UDP ? 0 : stamp_now();
	/* Full or contended: nobody knows the flow, as before. */
	if (admit_connection(counters))
		bpf_map_update_elem(table, key, &made, BPF_ANY);
	return TABLE_NOT_FOUND;
}

__noinline int synchronise_fallback(const struct named_flow *named, struct mako_counters *counters)
{
	struct mako_fallback_key key;
	struct flow flow;

	if (!named || !counters)
		return TABLE_NOT_FOUND;
	flow = flow_of(named);
	key = fallback_key(&flow);
	return synchronise_in(&mako_fallback, &key, &flow, counters);
}

#endif /* MAKO_SERVER_ID_H */

/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The global connection table: which real another balancer gave a flow, as the control plane was told. All CPUs share it,
 * for packets only read it.
 *
 * It is asked for flows that this CPU does not know, of VIPs that want it; so it has sets and two choices like the tables of
 * the CPUs, but one layout for both families, and its code is a function of its own: whoever is found in the table of the
 * CPU pays nothing for it. Entries have no age: the control plane alone removes them.
 */
#ifndef MAKO_GLOBAL_TABLE_H
#define MAKO_GLOBAL_TABLE_H

#include "flow_table.h"
#include "hash.h"
#include "maps.h"
#include "packet.h"

/* IPv4 flows lie there as IPv6 ones do: the rest of their address is 0, and the VIP tells them apart. */
#define GLOBAL_LAYOUT	true

static __always_inline void *global_set(void *table, __u32 hash)
{
	__u32 index = (__u64)hash * cfg.global_sets >> 32;

	return bpf_map_lookup_elem(table, &index);
}

static __noinline __u32 search_globally(const struct flow *flow, __u64 secret)
{
	__u64 hash = flow_hash_v6(flow->src, flow->ports, flow->number, secret);
	union mako_flow_tail tail;
	__u32 zero = 0;
	void *table = bpf_map_lookup_elem(&mako_global, &zero), *set, *way;

	if (!table)
		return NO_REAL;
	set = global_set(table, hash);
	if (!set)
		return NO_REAL;
	way = find_way(set, flow, GLOBAL_LAYOUT);
	if (!way && !empty_way(set, GLOBAL_LAYOUT)) {
		set = global_set(table, hash >> 32);
		if (set)
			way = find_way(set, flow, GLOBAL_LAYOUT);
	}
	if (!way)
		return NO_REAL;
	/* Read once: between two looks, the control plane may have put another connection there. */
	tail.word = READ_ONCE(flow_tail(way, GLOBAL_LAYOUT)->word);
	return tail.vip == flow->number ? tail.real : NO_REAL;
}

/* The real that the flow was given elsewhere, or NO_REAL. */
static __always_inline __u32 find_globally(const struct packet *packet, const struct flow *flow)
{
	/* A copy of what tells flows apart: whose address is given away has to live in memory, on every other road too. */
	struct flow asked = { .src = { flow->src[0], flow->src[1] }, .ports = flow->ports, .number = flow->number };
	__u32 real = search_globally(&asked, packet->control->secret);

	if (real != NO_REAL)
		packet->counters->global_hits++;
	return real;
}

#endif /* MAKO_GLOBAL_TABLE_H */

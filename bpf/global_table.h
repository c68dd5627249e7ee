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
#include "prefix.h"

/* All flows lie there as those to prefixes do: what they do not need is 0, and the VIP tells them apart. */
#define GLOBAL_LAYOUT	LAYOUT_TO

static __always_inline void *global_set(void *table, __u32 hash)
{
	__u32 index = (__u64)hash * cfg.global_sets >> 32;

	return bpf_map_lookup_elem(table, &index);
}

/* All that tells flows apart. Copied: whose address is given away has to live in memory, on every other road too. */
struct global_key {
	__u64 src[2];
	__u64 dst[2];
	__u32 ports;
	__u32 number;
};

static __noinline __u32 search_globally(const struct global_key *key, __u64 secret)
{
	struct flow flow = {
		.src = { key->src[0], key->src[1] },
		.dst = { key->dst[0], key->dst[1] },
		.ports = key->ports,
		.number = key->number,
	};
	__u64 begin = cfg.prefix_vips ? hash_destination(flow.dst, secret) : 0;
	__u64 hash = flow_hash_v6(begin, flow.src, flow.ports, flow.number, secret);
	union mako_flow_tail tail;
	__u32 zero = 0;
	void *table = bpf_map_lookup_elem(&mako_global, &zero), *set, *way;

	if (!table)
		return NO_REAL;
	set = global_set(table, hash);
	if (!set)
		return NO_REAL;
	way = find_way(set, &flow, GLOBAL_LAYOUT);
	if (!way && !empty_way(set, GLOBAL_LAYOUT)) {
		set = global_set(table, hash >> 32);
		if (set)
			way = find_way(set, &flow, GLOBAL_LAYOUT);
	}
	if (!way)
		return NO_REAL;
	/* Read once: between two looks, the control plane may have put another connection there. */
	tail.word = READ_ONCE(flow_tail(way, GLOBAL_LAYOUT)->word);
	return tail.vip == flow.number ? tail.real : NO_REAL;
}

/* The real that the flow was given elsewhere, or NO_REAL. */
static __always_inline __u32 find_globally(const struct packet *packet, const struct flow *flow, bool ipv6)
{
	struct global_key key = { .src = { flow->src[0], flow->src[1] }, .ports = flow->ports, .number = flow->number };
	__u32 real;

	if (is_prefix(flow) && !read_address(packet->ctx, place_of_vip(packet->tag, flow->flags, ipv6), key.dst))
		return NO_REAL;
	real = search_globally(&key, packet->control->secret);
	if (real != NO_REAL)
		packet->counters->global_hits++;
	return real;
}

#endif /* MAKO_GLOBAL_TABLE_H */

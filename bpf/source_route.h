/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Clients whose real is chosen by where they come from: the longest prefix that holds the client's address. Only for VIPs
 * that ask for it, and only for flows that the connection table does not know.
 */
#ifndef MAKO_SOURCE_ROUTE_H
#define MAKO_SOURCE_ROUTE_H

#include "clock.h"
#include "flow_table.h"
#include "maps.h"
#include "packet.h"

/*
 * A function of its own, walked once by the verifier for each family. It gets the words of the address instead of the flow:
 * a flow whose address is taken would have to live on the stack for every packet.
 */
static __noinline __u32 longest_prefix(__u64 hi, __u64 lo, __u32 slot, bool ipv6)
{
	struct mako_route6 key6 = { .prefix_length = 128 };
	struct mako_route4 key4 = { .prefix_length = 32 };
	__u32 network = hi;
	void *routes = ipv6 ? bpf_map_lookup_elem(&mako_routes6, &slot) : bpf_map_lookup_elem(&mako_routes4, &slot);
	__u32 *real;

	if (!routes)
		return NO_REAL;
	__builtin_memcpy(key4.src, &network, sizeof(key4.src));
	__builtin_memcpy(key6.src, &hi, sizeof(hi));
	__builtin_memcpy(key6.src + sizeof(hi), &lo, sizeof(lo));
	real = ipv6 ? bpf_map_lookup_elem(routes, &key6) : bpf_map_lookup_elem(routes, &key4);
	return real ? *real : NO_REAL;
}

/*
 * Whether the flow has a route; flow->real is its real then. During a flood of new connections nobody is looked up: a trie
 * of millions is what an attacker would like to see walked for every packet.
 */
static __always_inline bool find_source_route(const struct packet *packet, struct flow *flow, bool ipv6)
{
	struct mako_counters *counters = packet->counters;

	if (!has_room(counters->window_start, counters->window_connections, cfg.max_new_connections))
		return false;
	flow->real = longest_prefix(flow->src[0], flow->src[1], READ_ONCE(packet->control->source_routes), ipv6);
	if (flow->real == NO_REAL) {
		counters->source_route_misses++;
		return false;
	}
	counters->source_route_hits++;
	return true;
}

#endif /* MAKO_SOURCE_ROUTE_H */

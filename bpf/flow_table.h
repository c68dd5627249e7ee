/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The connection table: which real a flow was given. Per CPU, set-associative, two choices per flow, bounded: a new flow
 * takes the place of the one that has been silent longest in its two sets.
 *
 * A set of IPv4 flows is one cache line, and the second set is read only if the first has no empty slot, so a flow is
 * found with one access to cold memory. Slots are never emptied again: purged flows leave a tombstone.
 */
#ifndef MAKO_FLOW_TABLE_H
#define MAKO_FLOW_TABLE_H

#include <linux/in.h>

#include "clock.h"
#include "hash.h"
#include "maps.h"
#include "packet.h"

#define WAYS	4

/* A real that was never configured; 0 in an entry means that the slot is empty. */
#define NO_REAL	0

struct flow_sets {
	void *table;	/* of this CPU; NULL = it has none */
	__u64 hash;
};

static __always_inline struct flow_sets flow_sets(const struct packet *packet, const struct flow *flow, bool ipv6)
{
	__u32 cpu = bpf_get_smp_processor_id();
	__u64 secret = packet->control->secret;
	struct flow_sets sets = {};

	if (ipv6) {
		sets.table = bpf_map_lookup_elem(&mako_flow6, &cpu);
		sets.hash = flow_hash_v6(flow->src, flow->ports, flow->number, secret);
	} else {
		sets.table = bpf_map_lookup_elem(&mako_flow4, &cpu);
		sets.hash = flow_hash_v4(flow->src[0], flow->ports, flow->number, secret);
	}
	return sets;
}

/* Half of the hash chooses a set: multiplying and shifting maps 32 bits to any number of sets without a division. */
static __always_inline void *flow_set(void *table, __u32 hash, bool ipv6)
{
	__u32 index = (__u64)hash * (ipv6 ? cfg.flow6_sets : cfg.flow4_sets) >> 32;

	return bpf_map_lookup_elem(table, &index);
}

static __always_inline void *flow_way(void *set, unsigned int way, bool ipv6)
{
	return set + way * (ipv6 ? sizeof(struct mako_flow6) : sizeof(struct mako_flow4));
}

static __always_inline union mako_flow_tail *flow_tail(void *way, bool ipv6)
{
	return ipv6 ? &((struct mako_flow6 *)way)->tail : &((struct mako_flow4 *)way)->tail;
}

static __always_inline bool is_flow(void *way, const struct flow *flow, bool ipv6)
{
	const struct mako_flow4 *flow4 = way;
	const struct mako_flow6 *flow6 = way;

	if (!ipv6)
		return flow4->src == (__u32)flow->src[0] && flow4->ports == flow->ports &&
		       flow4->tail.vip == flow->number;
	return ((const __u64 *)flow6->src)[1] == flow->src[1] && ((const __u64 *)flow6->src)[0] == flow->src[0] &&
	       flow6->ports == flow->ports && flow6->tail.vip == flow->number;
}

/* The way of a set that holds the flow, or NULL. */
static __always_inline void *find_way(void *set, const struct flow *flow, bool ipv6)
{
#pragma clang loop unroll(full)
	for (int i = 0; i < WAYS; i++) {
		void *way = flow_way(set, i, ipv6);

		if (is_flow(way, flow, ipv6))
			return way;
	}
	return NULL;
}

static __always_inline void *empty_way(void *set, bool ipv6)
{
#pragma clang loop unroll(full)
	for (int i = 0; i < WAYS; i++) {
		void *way = flow_way(set, i, ipv6);

		if (flow_tail(way, ipv6)->real == NO_REAL)
			return way;
	}
	return NULL;
}

/* A UDP flow that was silent for too long is a new one, as for Katran. For TCP the stamp only informs. */
static __always_inline bool expired(const struct flow *flow, __u32 stamp, __u32 now)
{
	return flow->protocol == IPPROTO_UDP && (!stamp || now - stamp > cfg.udp_timeout);
}

/* Only the stamp: the control plane may be purging the other half of the word. */
static __always_inline void renew(union mako_flow_tail *tail, const struct flow *flow, __u32 now)
{
	__u32 patience = flow->protocol == IPPROTO_UDP ? 1 : cfg.refresh_after;

	if (now - tail->stamp >= patience)
		WRITE_ONCE(tail->stamp, now);
}

static __always_inline __u32 use_entry(union mako_flow_tail *tail, const struct flow *flow)
{
	__u32 now = stamp_now();

	if (expired(flow, tail->stamp, now))
		return NO_REAL;
	renew(tail, flow, now);
	return tail->real;
}

static __always_inline struct mako_fallback_key fallback_key(const struct flow *flow)
{
	struct mako_fallback_key key = { .ports = flow->ports, .vip = flow->number };

	__builtin_memcpy(key.src, flow->src, sizeof(key.src));
	return key;
}

static __always_inline __u32 find_in_fallback(const struct packet *packet, const struct flow *flow)
{
	struct mako_fallback_key key = fallback_key(flow);
	struct mako_fallback_value *value = bpf_map_lookup_elem(&mako_fallback, &key);
	__u32 now = stamp_now();

	packet->counters->fallback_packets++;
	if (!value || expired(flow, value->stamp, now))
		return NO_REAL;
	value->stamp = now;
	return value->real;
}

/* What the table has of a flow, or NULL. */
static __always_inline union mako_flow_tail *find_tail(const struct flow_sets *sets, const struct flow *flow, bool ipv6)
{
	void *set = flow_set(sets->table, sets->hash, ipv6), *way;

	if (!set)
		return NULL;
	way = find_way(set, flow, ipv6);
	if (way)
		return flow_tail(way, ipv6);
	if (empty_way(set, ipv6))
		return NULL;
	set = flow_set(sets->table, sets->hash >> 32, ipv6);
	if (!set)
		return NULL;
	way = find_way(set, flow, ipv6);
	return way ? flow_tail(way, ipv6) : NULL;
}

/* The real that the flow was given, or NO_REAL. */
static __always_inline __u32 find_flow(const struct packet *packet, const struct flow *flow, bool ipv6)
{
	struct flow_sets sets = flow_sets(packet, flow, ipv6);
	union mako_flow_tail *tail;

	if (!sets.table)
		return find_in_fallback(packet, flow);
	tail = find_tail(&sets, flow, ipv6);
	return tail ? use_entry(tail, flow) : NO_REAL;
}

/* How long an entry has been silent; tombstones longest of all. */
static __always_inline __u32 silence(const union mako_flow_tail *tail, __u32 now)
{
	return tail->vip == MAKO_TOMBSTONE ? ~0U : now - tail->stamp;
}

/* The way of both sets that has been silent longest. */
static __always_inline void *oldest_way(void *first, void *second, __u32 now, bool ipv6)
{
	void *oldest = first;
	__u32 longest = silence(flow_tail(first, ipv6), now);

#pragma clang loop unroll(full)
	for (int i = 1; i < 2 * WAYS; i++) {
		void *way = flow_way(i < WAYS ? first : second, i % WAYS, ipv6);
		__u32 silent = silence(flow_tail(way, ipv6), now);

		if (silent > longest) {
			longest = silent;
			oldest = way;
		}
	}
	return oldest;
}

/* Where to write a flow: over itself, else into an empty slot, else over the oldest of its two sets. */
static __always_inline void *place_for(const struct flow_sets *sets, const struct flow *flow, __u32 now, bool ipv6)
{
	void *first = flow_set(sets->table, sets->hash, ipv6), *second, *way;

	if (!first)
		return NULL;
	way = find_way(first, flow, ipv6);
	if (!way)
		way = empty_way(first, ipv6);
	if (way)
		return way;
	second = flow_set(sets->table, sets->hash >> 32, ipv6);
	if (!second)
		return NULL;
	way = find_way(second, flow, ipv6);
	if (!way)
		way = empty_way(second, ipv6);
	return way ? way : oldest_way(first, second, now, ipv6);
}

/* The key before the tail: whoever sees the new tail sees the new key. */
static __always_inline void write_way(void *way, const struct flow *flow, __u32 stamp, bool ipv6)
{
	union mako_flow_tail tail = { .vip = flow->number, .real = flow->real, .stamp = stamp };
	struct mako_flow4 *flow4 = way;
	struct mako_flow6 *flow6 = way;

	if (ipv6) {
		__builtin_memcpy(flow6->src, flow->src, sizeof(flow6->src));
		flow6->ports = flow->ports;
		flow6->dst = 0;
	} else {
		flow4->src = flow->src[0];
		flow4->ports = flow->ports;
	}
	barrier();
	WRITE_ONCE(flow_tail(way, ipv6)->word, tail.word);
}

static __always_inline void remember_in_fallback(const struct packet *packet, const struct flow *flow, __u32 stamp)
{
	struct mako_fallback_key key = fallback_key(flow);
	struct mako_fallback_value value = { .real = flow->real, .stamp = stamp };

	/* The others were counted when they were looked up. */
	if (flow->flags & FLOW_SYN)
		packet->counters->fallback_packets++;
	/* Full or contended: the flow is not remembered, and the ring finds the same real again. */
	bpf_map_update_elem(&mako_fallback, &key, &value, BPF_ANY);
}

/* New connections are limited per CPU, so that a flood cannot wash the table clean. */
static __always_inline bool admit_connection(struct mako_counters *counters)
{
	if (!within_rate(&counters->window_start, &counters->window_connections, cfg.max_new_connections)) {
		counters->rate_limited++;
		return false;
	}
	counters->new_connections++;
	return true;
}

/* Remember flow->real, over what was remembered before. */
static __always_inline void remember_flow(const struct packet *packet, const struct flow *flow, bool ipv6)
{
	struct flow_sets sets = flow_sets(packet, flow, ipv6);
	__u32 now = stamp_now();
	void *way;

	if (!sets.table) {
		remember_in_fallback(packet, flow, now);
		return;
	}
	way = place_for(&sets, flow, now, ipv6);
	if (way)
		write_way(way, flow, now, ipv6);
}

#endif /* MAKO_FLOW_TABLE_H */

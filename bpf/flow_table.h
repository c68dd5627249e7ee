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

/* How entries are laid out. The first two are what "is it IPv6" says of VIPs of one address, so a bool serves as well. */
enum layout {
	LAYOUT_V4,	/* struct mako_flow4 */
	LAYOUT_V6,	/* struct mako_flow6 */
	LAYOUT_TO,	/* struct mako_flow_to: flows of both families whose destination is part of the key */
};
_Static_assert(LAYOUT_V4 == false && LAYOUT_V6 == true, "a bool serves");

/* A real that was never configured; 0 in an entry means that the slot is empty. */
#define NO_REAL	0

struct flow_sets {
	void *table;	/* of this CPU; NULL = it has none */
	__u64 hash;
};

static __always_inline struct flow_sets flow_sets(const struct packet *packet, const struct flow *flow, enum layout layout)
{
	__u32 cpu = bpf_get_smp_processor_id();
	__u64 secret = packet->control->secret;
	struct flow_sets sets = {};

	if (layout == LAYOUT_TO) {
		sets.table = bpf_map_lookup_elem(&mako_flow_to, &cpu);
		sets.hash = flow_hash_v6(hash_destination(flow->dst, secret), flow->src, flow->ports, flow->number, secret);
	} else if (layout == LAYOUT_V6) {
		sets.table = bpf_map_lookup_elem(&mako_flow6, &cpu);
		sets.hash = flow_hash_v6(0, flow->src, flow->ports, flow->number, secret);
	} else {
		sets.table = bpf_map_lookup_elem(&mako_flow4, &cpu);
		sets.hash = flow_hash_v4(flow->src[0], flow->ports, flow->number, secret);
	}
	return sets;
}

/* Half of the hash chooses a set: multiplying and shifting maps 32 bits to any number of sets without a division. */
static __always_inline void *flow_set(void *table, __u32 hash, enum layout layout)
{
	/* Tables of IPv6 flows and those with destinations have equally many sets. */
	__u32 index = (__u64)hash * (layout == LAYOUT_V4 ? cfg.flow4_sets : cfg.flow6_sets) >> 32;

	return bpf_map_lookup_elem(table, &index);
}

static __always_inline void *flow_way(void *set, unsigned int way, enum layout layout)
{
	switch (layout) {
	case LAYOUT_V4:
		return set + way * sizeof(struct mako_flow4);
	case LAYOUT_V6:
		return set + way * sizeof(struct mako_flow6);
	default:
		return set + way * sizeof(struct mako_flow_to);
	}
}

static __always_inline union mako_flow_tail *flow_tail(void *way, enum layout layout)
{
	switch (layout) {
	case LAYOUT_V4:
		return &((struct mako_flow4 *)way)->tail;
	case LAYOUT_V6:
		return &((struct mako_flow6 *)way)->tail;
	default:
		return &((struct mako_flow_to *)way)->tail;
	}
}

static __always_inline bool same_address(const __u8 *bytes, const __u64 address[2])
{
	return ((const __u64 *)bytes)[1] == address[1] && ((const __u64 *)bytes)[0] == address[0];
}

static __always_inline bool is_flow(void *way, const struct flow *flow, enum layout layout)
{
	const struct mako_flow4 *flow4 = way;
	const struct mako_flow6 *flow6 = way;
	const struct mako_flow_to *flow_to = way;

	switch (layout) {
	case LAYOUT_V4:
		return flow4->src == (__u32)flow->src[0] && flow4->ports == flow->ports &&
		       flow4->tail.vip == flow->number;
	case LAYOUT_V6:
		return same_address(flow6->src, flow->src) && flow6->ports == flow->ports && flow6->tail.vip == flow->number;
	default:
		return same_address(flow_to->src, flow->src) && same_address(flow_to->dst, flow->dst) &&
		       flow_to->ports == flow->ports && flow_to->tail.vip == flow->number;
	}
}

/* The way of a set that holds the flow, or NULL. */
static __always_inline void *find_way(void *set, const struct flow *flow, enum layout layout)
{
#pragma clang loop unroll(full)
	for (int i = 0; i < WAYS; i++) {
		void *way = flow_way(set, i, layout);

		if (is_flow(way, flow, layout))
			return way;
	}
	return NULL;
}

static __always_inline void *empty_way(void *set, enum layout layout)
{
#pragma clang loop unroll(full)
	for (int i = 0; i < WAYS; i++) {
		void *way = flow_way(set, i, layout);

		if (flow_tail(way, layout)->real == NO_REAL)
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

static __always_inline struct mako_fallback_key_to fallback_key_to(const struct flow *flow)
{
	struct mako_fallback_key_to key = { .ports = flow->ports, .vip = flow->number };

	__builtin_memcpy(key.src, flow->src, sizeof(key.src));
	__builtin_memcpy(key.dst, flow->dst, sizeof(key.dst));
	return key;
}

/* In a table of CPUs without one of their own, with the key of the flow there. */
static __always_inline __u32 find_in(void *table, const void *key, const struct packet *packet, const struct flow *flow)
{
	struct mako_fallback_value *value = bpf_map_lookup_elem(table, key);
	__u32 now = stamp_now();

	packet->counters->fallback_packets++;
	if (!value || expired(flow, value->stamp, now))
		return NO_REAL;
	value->stamp = now;
	return value->real;
}

static __always_inline __u32 find_in_fallback(const struct packet *packet, const struct flow *flow)
{
	struct mako_fallback_key key = fallback_key(flow);

	return find_in(&mako_fallback, &key, packet, flow);
}

/* What the table has of a flow, or NULL. */
static __always_inline union mako_flow_tail *find_tail(const struct flow_sets *sets, const struct flow *flow, enum layout layout)
{
	void *set = flow_set(sets->table, sets->hash, layout), *way;

	if (!set)
		return NULL;
	way = find_way(set, flow, layout);
	if (way)
		return flow_tail(way, layout);
	if (empty_way(set, layout))
		return NULL;
	set = flow_set(sets->table, sets->hash >> 32, layout);
	if (!set)
		return NULL;
	way = find_way(set, flow, layout);
	return way ? flow_tail(way, layout) : NULL;
}

/* The real that the flow was given, or NO_REAL. */
static __always_inline __u32 find_flow(const struct packet *packet, const struct flow *flow, enum layout layout)
{
	struct flow_sets sets = flow_sets(packet, flow, layout);
	union mako_flow_tail *tail;

	if (!sets.table)
		return find_in_fallback(packet, flow);
	tail = find_tail(&sets, flow, layout);
	return tail ? use_entry(tail, flow) : NO_REAL;
}

/* How long an entry has been silent; tombstones longest of all. */
static __always_inline __u32 silence(const union mako_flow_tail *tail, __u32 now)
{
	return tail->vip == MAKO_TOMBSTONE ? ~0U : now - tail->stamp;
}

/* The way of both sets that has been silent longest. */
static __always_inline void *oldest_way(void *first, void *second, __u32 now, enum layout layout)
{
	void *oldest = first;
	__u32 longest = silence(flow_tail(first, layout), now);

#pragma clang loop unroll(full)
	for (int i = 1; i < 2 * WAYS; i++) {
		void *way = flow_way(i < WAYS ? first : second, i % WAYS, layout);
		__u32 silent = silence(flow_tail(way, layout), now);

		if (silent > longest) {
			longest = silent;
			oldest = way;
		}
	}
	return oldest;
}

/* Where to write a flow: over itself, else into an empty slot, else over the oldest of its two sets. */
static __always_inline void *place_for(const struct flow_sets *sets, const struct flow *flow, __u32 now, enum layout layout)
{
	void *first = flow_set(sets->table, sets->hash, layout), *second, *way;

	if (!first)
		return NULL;
	way = find_way(first, flow, layout);
	if (!way)
		way = empty_way(first, layout);
	if (way)
		return way;
	second = flow_set(sets->table, sets->hash >> 32, layout);
	if (!second)
		return NULL;
	way = find_way(second, flow, layout);
	if (!way)
		way = empty_way(second, layout);
	return way ? way : oldest_way(first, second, now, layout);
}

/* The key before the tail: whoever sees the new tail sees the new key. */
static __always_inline void write_way(void *way, const struct flow *flow, __u32 stamp, enum layout layout)
{
	union mako_flow_tail tail = { .vip = flow->number, .real = flow->real, .stamp = stamp };
	struct mako_flow4 *flow4 = way;
	struct mako_flow6 *flow6 = way;
	struct mako_flow_to *flow_to = way;

	switch (layout) {
	case LAYOUT_V4:
		flow4->src = flow->src[0];
		flow4->ports = flow->ports;
		break;
	case LAYOUT_V6:
		__builtin_memcpy(flow6->src, flow->src, sizeof(flow6->src));
		flow6->ports = flow->ports;
		break;
	default:
		__builtin_memcpy(flow_to->src, flow->src, sizeof(flow_to->src));
		__builtin_memcpy(flow_to->dst, flow->dst, sizeof(flow_to->dst));
		flow_to->ports = flow->ports;
		flow_to->reserved = 0;
		break;
	}
	barrier();
	WRITE_ONCE(flow_tail(way, layout)->word, tail.word);
}

static __always_inline void remember_in(void *table, const void *key, const struct packet *packet, const struct flow *flow,
					__u32 stamp)
{
	struct mako_fallback_value value = { .real = flow->real, .stamp = stamp };

	/* The others were counted when they were looked up. */
	if (flow->flags & FLOW_SYN)
		packet->counters->fallback_packets++;
	/* Full or contended: the flow is not remembered, and the ring finds the same real again. */
	bpf_map_update_elem(table, key, &value, BPF_ANY);
}

static __always_inline void remember_in_fallback(const struct packet *packet, const struct flow *flow, __u32 stamp)
{
	struct mako_fallback_key key = fallback_key(flow);

	remember_in(&mako_fallback, &key, packet, flow, stamp);
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
static __always_inline void remember_flow(const struct packet *packet, const struct flow *flow, enum layout layout)
{
	struct flow_sets sets = flow_sets(packet, flow, layout);
	__u32 now = stamp_now();
	void *way;

	if (!sets.table) {
		remember_in_fallback(packet, flow, now);
		return;
	}
	way = place_for(&sets, flow, now, layout);
	if (way)
		write_way(way, flow, now, layout);
}

#endif /* MAKO_FLOW_TABLE_H */

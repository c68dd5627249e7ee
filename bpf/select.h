/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Which real gets the flow: the connection table's answer, else the ring's. */
#ifndef MAKO_SELECT_H
#define MAKO_SELECT_H

#include "flow_table.h"
#include "hash.h"
#include "maps.h"
#include "migration.h"
#include "outcome.h"
#include "packet.h"

/* Whether flows of the VIP are in the connection table. With DPORT_HASH all clients of a port share a real anyway. */
static __always_inline bool has_table(const struct flow *flow)
{
	return !(flow->vip.flags & (MAKO_VIP_NO_LRU | MAKO_VIP_DPORT_HASH));
}

static __always_inline void count_miss(struct packet *packet, const struct flow *flow)
{
	if (flow->protocol == IPPROTO_UDP) {
		packet->counters->miss_udp++;
		packet->vip->miss_udp++;
	} else if (flow->flags & FLOW_SYN) {
		packet->counters->miss_syn++;
		packet->vip->miss_syn++;
	} else {
		packet->counters->miss_non_syn++;
		packet->vip->miss_non_syn++;
	}
}

/* The hash that all balancers of a fleet agree on: destination and protocol are no part of it. */
static __always_inline __u32 ring_hash(const struct flow *flow, bool ipv6)
{
	__u32 src = ipv6 ? jhash_16bytes(flow->src, cfg.hash_seed_v6) : (__u32)flow->src[0];

	return jhash_2words(src, flow->ports, cfg.hash_seed);
}

/* The real of the flow's slot. DPORT_HASH makes every client look alike, to the outer source address too. */
static __always_inline enum outcome ask_ring(struct flow *flow, bool ipv6)
{
	__u32 ring = flow->vip.ring, slot;
	__u16 *slots;

	if (!ring)
		return flow->vip.on_empty == MAKO_ON_EMPTY_PASS ? PASS : DROP_EMPTY_RING;
	if (flow->vip.flags & MAKO_VIP_DPORT_HASH) {
		flow->src[0] = 0;
		flow->src[1] = 0;
		flow->ports = flow->ports >> 16 | (flow->ports & 0xffff0000);
	}
	slots = bpf_map_lookup_elem(&mako_rings, &ring);
	slot = ring_hash(flow, ipv6) % cfg.ring_size;
	/* The verifier does not know what a remainder is less than. */
	if (!slots || slot >= cfg.ring_size)
		return DROP_EMPTY_RING;
	flow->real = READ_ONCE(slots[slot]);
	return flow->real ? CONTINUE : DROP_NO_REAL;
}

/* New connections are limited per CPU, so that a flood cannot wash the table clean. A reset is no connection to keep. */
static __always_inline void remember(struct packet *packet, const struct flow *flow, bool ipv6)
{
	struct mako_counters *counters = packet->counters;

	if (!has_table(flow) || flow->flags & FLOW_RST)
		return;
	if (!within_rate(&counters->window_start, &counters->window_connections, cfg.max_new_connections)) {
		counters->rate_limited++;
		return;
	}
	remember_flow(packet, flow, ipv6);
	counters->new_connections++;
}

/* A SYN starts a flow anew, whatever the table says. */
static __always_inline enum outcome select_real(struct packet *packet, struct flow *flow, bool ipv6)
{
	__u32 source_port;
	enum outcome outcome;

	if (has_table(flow) && !(flow->flags & FLOW_SYN))
		flow->real = find_flow(packet, flow, ipv6);
	if (flow->real != NO_REAL && must_migrate(packet, flow))
		flow->real = NO_REAL;
	if (flow->real != NO_REAL) {
		packet->counters->table_hits++;
		return CONTINUE;
	}
	count_miss(packet, flow);
	source_port = flow->ports & 0xffff;
	outcome = ask_ring(flow, ipv6);
	if (outcome != CONTINUE)
		return outcome;
	remember(packet, flow, ipv6);
	/* DPORT_HASH borrowed the source port for the hash; the outer source address is crafted with the real one. */
	flow->ports = (flow->ports & 0xffff0000) | source_port;
	packet->counters->selections++;
	return CONTINUE;
}

#endif /* MAKO_SELECT_H */

/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Which real gets the flow: the one that an identifier in the packet names, else the connection table's, else that of a
 * source route, else the ring's.
 */
#ifndef MAKO_SELECT_H
#define MAKO_SELECT_H

#include "flow_table.h"
#include "global_table.h"
#include "hash.h"
#include "maps.h"
#include "migration.h"
#include "outcome.h"
#include "packet.h"
#include "prefix_flow.h"
#include "quic.h"
#include "source_route.h"
#include "stable_udp.h"
#include "tcp_option.h"

/* Flags that ask for more, or less, than the connection table and then the ring. One test tells that a VIP has none. */
#define UNUSUAL_FLAGS	(MAKO_VIP_NO_LRU | MAKO_VIP_DPORT_HASH | MAKO_VIP_QUIC | MAKO_VIP_UDP_STABLE_ROUTING)

/* Whether flows of the VIP are remembered. With DPORT_HASH all clients of a port share a real anyway. */
static __always_inline bool has_table(const struct flow *flow)
{
	return !(flow->vip.flags & (MAKO_VIP_NO_LRU | MAKO_VIP_DPORT_HASH));
}

/* Whether the connection table may know the flow: with DPORT_HASH, only if an identifier has placed it there. */
static __always_inline bool ask_table(const struct flow *flow)
{
	if (has_table(flow))
		return true;
	if (flow->vip.flags & MAKO_VIP_NO_LRU || flow->protocol != IPPROTO_TCP)
		return false;
	return flow->vip.flags & MAKO_VIP_QUIC || cfg.tcp_server_id_routing;
}

/* The identifiers of VIPs with flags for them. A stable header overrules a connection id, unless that one cannot be followed. */
static __always_inline void ask_identifiers(struct packet *packet, struct flow *flow, bool ipv6)
{
	if (flow->vip.flags & MAKO_VIP_QUIC)
		route_quic(packet, flow, ipv6);
	if (flow->vip.flags & MAKO_VIP_UDP_STABLE_ROUTING && cfg.udp_stable_routing && flow->protocol == IPPROTO_UDP &&
	    flow->real != QUIC_UNUSABLE)
		route_stable_udp(packet, flow, ipv6);
}

/* Whether another balancer may have placed the flow, which its VIP has to want; NO_LRU is about this machine alone. */
static __always_inline bool asks_globally(const struct flow *flow)
{
	return flow->vip.flags & MAKO_VIP_GLOBAL_LRU && !(flow->flags & FLOW_SYN);
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

static __always_inline enum outcome choose_real(const struct packet *packet, struct flow *flow, bool ipv6)
{
	if (cfg.source_routing && flow->vip.flags & MAKO_VIP_SRC_ROUTING && find_source_route(packet, flow, ipv6))
		return CONTINUE;
	return ask_ring(flow, ipv6);
}

/* A reset is no connection to keep. */
static __always_inline void remember(struct packet *packet, const struct flow *flow, bool ipv6)
{
	if (!has_table(flow) || flow->flags & FLOW_RST)
		return;
	if (!admit_connection(packet->counters))
		return;
	if (is_prefix(flow))
		remember_prefix_flow(packet, flow, ipv6);
	else
		remember_flow(packet, flow, ipv6);
}

/* A SYN starts a flow anew, whatever the table says. */
static __always_inline enum outcome select_real(struct packet *packet, struct flow *flow, bool ipv6)
{
	__u32 source_port;
	enum outcome outcome;
	bool table = true;

	if (flow->vip.flags & UNUSUAL_FLAGS) {
		ask_identifiers(packet, flow, ipv6);
		if (flow->real != NO_REAL)
			return CONTINUE;
		table = ask_table(flow);
	}
	if (cfg.tcp_server_id_routing && flow->protocol == IPPROTO_TCP) {
		route_by_tcp_option(packet, flow, ipv6);
		if (flow->real != NO_REAL)
			return CONTINUE;
	}
	if (table && !(flow->flags & FLOW_SYN))
		flow->real = is_prefix(flow) ? find_prefix_flow(packet, flow, ipv6) : find_flow(packet, flow, ipv6);
	if (cfg.global_sets && flow->real == NO_REAL && asks_globally(flow))
		flow->real = find_globally(packet, flow, ipv6);
	if (flow->real != NO_REAL && must_migrate(packet, flow))
		flow->real = NO_REAL;
	if (flow->real != NO_REAL) {
		packet->counters->table_hits++;
		return CONTINUE;
	}
	count_miss(packet, flow);
	source_port = flow->ports & 0xffff;
	outcome = choose_real(packet, flow, ipv6);
	if (outcome != CONTINUE)
		return outcome;
	remember(packet, flow, ipv6);
	/* DPORT_HASH borrowed the source port for the hash; the outer source address is crafted with the real one. */
	flow->ports = (flow->ports & 0xffff0000) | source_port;
	packet->counters->selections++;
	return CONTINUE;
}

#endif /* MAKO_SELECT_H */

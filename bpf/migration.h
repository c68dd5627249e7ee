/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * UDP flow migration: a flow that is known to go to a real that is down for its VIP is placed anew.
 *
 * VIPs without such a real pay one test of a word that they hold anyway; those with one read one more word, see
 * mako_down_reals. Flows that an identifier routes never come here: whoever gave them the identifier wants that real.
 */
#ifndef MAKO_MIGRATION_H
#define MAKO_MIGRATION_H

#include "clock.h"
#include "maps.h"
#include "packet.h"

static __always_inline bool is_down(const struct flow *flow)
{
	__u32 index = flow->number * ((cfg.max_reals + 63) / 64) + flow->real / 64;
	__u64 *word = bpf_map_lookup_elem(&mako_down_reals, &index);

	return word && READ_ONCE(*word) >> (flow->real % 64) & 1;
}

/*
 * Whether the flow has to leave flow->real, which the connection table gave it. While new connections are beyond their
 * limit nobody moves, because the new place would not be remembered, and the flow would move with every packet.
 */
static __always_inline bool must_migrate(const struct packet *packet, const struct flow *flow)
{
	struct mako_counters *counters = packet->counters;

	if (!flow->vip.down_reals)
		return false;
	if (!has_room(counters->window_start, counters->window_connections, cfg.max_new_connections) || !is_down(flow))
		return false;
	counters->udp_flow_migration++;
	return true;
}

#endif /* MAKO_MIGRATION_H */

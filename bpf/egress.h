/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The one place where frames leave: every frame is counted here once, under the verdict it gets. */
#ifndef MAKO_EGRESS_H
#define MAKO_EGRESS_H

#include "outcome.h"
#include "packet.h"

/* The length on entry, because the frame has grown since if it is forwarded. */
static __always_inline void count_frame(struct mako_count *count, const struct packet *packet)
{
	count->packets++;
	count->bytes += packet->length;
}

static __always_inline void count_drop(const struct packet *packet, enum outcome reason)
{
	struct mako_counters *counters = packet->counters;

	count_frame(&counters->drop, packet);
	if (packet->vip)
		packet->vip->dropped++;
	switch (reason) {
	case DROP_MALFORMED:
		counters->drop_malformed++;
		break;
	case DROP_FRAGMENT:
		counters->drop_fragment++;
		break;
	case DROP_OPTIONS:
		counters->drop_options++;
		break;
	case DROP_TOO_BIG:
		counters->drop_too_big++;
		break;
	case DROP_EMPTY_RING:
		counters->drop_empty_ring++;
		break;
	case DROP_NO_REAL:
		counters->drop_no_real++;
		break;
	case DROP_NO_GATEWAY:
		counters->drop_no_gateway++;
		break;
	case DROP_EXPIRED:
		counters->drop_expired++;
		break;
	case DROP_ENCAP_V4:
		counters->encap_fail_v4++;
		break;
	case DROP_ENCAP_V6:
		counters->encap_fail_v6++;
		break;
	default:
		break;
	}
}

static __always_inline int egress(const struct packet *packet, enum outcome outcome)
{
	count_frame(&packet->counters->total, packet);
	switch (outcome) {
	case TRANSMIT:
		count_frame(&packet->counters->tx, packet);
		return XDP_TX;
	case PASS:
		count_frame(&packet->counters->pass, packet);
		return XDP_PASS;
	default:
		count_drop(packet, outcome);
		return XDP_DROP;
	}
}

#endif /* MAKO_EGRESS_H */

/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What becomes of a packet that leaves the host, and the one place where that is counted. */
#ifndef MAKO_HEALTHCHECK_OUTCOME_H
#define MAKO_HEALTHCHECK_OUTCOME_H

#include <linux/pkt_cls.h>

#include "layout.h"

enum healthcheck_outcome {
	HC_SKIP,		/* not a health check: as if this program were not there */
	HC_SEND,		/* encapsulated, goes on through this interface */
	HC_REDIRECT,		/* left to the tunnel device */
	/* Dropped, and why. */
	HC_TOO_BIG,
	HC_WRONG_FAMILY,
	HC_NO_SOURCE,
	HC_ENCAP_FAIL,
};

static __always_inline int healthcheck_leave(struct mako_counters *counters, enum healthcheck_outcome outcome)
{
	switch (outcome) {
	case HC_SKIP:
		counters->healthcheck_skipped++;
		return TC_ACT_UNSPEC;
	case HC_SEND:
		counters->healthcheck_processed++;
		return TC_ACT_OK;
	case HC_REDIRECT:
		counters->healthcheck_processed++;
		return TC_ACT_REDIRECT;
	case HC_TOO_BIG:
		counters->healthcheck_too_big++;
		break;
	case HC_WRONG_FAMILY:
		counters->healthcheck_wrong_family++;
		break;
	case HC_NO_SOURCE:
		counters->healthcheck_no_source++;
		break;
	case HC_ENCAP_FAIL:
		counters->healthcheck_encap_fail++;
		break;
	}
	counters->healthcheck_dropped++;
	return TC_ACT_SHOT;
}

#endif /* MAKO_HEALTHCHECK_OUTCOME_H */

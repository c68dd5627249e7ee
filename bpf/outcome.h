/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* What a step of the pipeline says about a frame. */
#ifndef MAKO_OUTCOME_H
#define MAKO_OUTCOME_H

enum outcome {
	CONTINUE,		/* not decided: the next step goes on */
	PASS,			/* to the kernel */
	TRANSMIT,		/* out of the interface it came from */
	/* Dropped, and why; egress.h has a counter for each. */
	DROP_MALFORMED,
	DROP_FRAGMENT,
	DROP_OPTIONS,
	DROP_TOO_BIG,
	DROP_EMPTY_RING,
	DROP_NO_REAL,
	DROP_NO_GATEWAY,
	DROP_EXPIRED,		/* the inner time to live of a tunnelled packet is over */
	DROP_ENCAP_V4,		/* no room for an IPv4 outer header */
	DROP_ENCAP_V6,
};

#endif /* MAKO_OUTCOME_H */

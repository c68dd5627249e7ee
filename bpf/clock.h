/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Coarse time: jiffies, because they are one load while bpf_ktime_get_ns() is a call that costs more than a table look-up. */
#ifndef MAKO_CLOCK_H
#define MAKO_CLOCK_H

#include "maps.h"

/* Now, as entries of the connection table remember it. 0 is taken: it marks an entry that counts as expired for UDP. */
static __always_inline __u32 stamp_now(void)
{
	__u32 now = bpf_jiffies64() >> cfg.stamp_shift;

	return now ? now : 1;
}

/*
 * One more event in a window of one second that starts at *start (jiffies) and has seen *events so far: is it within
 * the limit? Both words are per CPU, so nothing races.
 */
static __always_inline bool within_rate(__u64 *start, __u64 *events, __u32 limit)
{
	__u64 now = bpf_jiffies64();

	if (now - *start > cfg.hz) {
		*start = now;
		*events = 0;
	}
	*events += 1;
	return *events <= limit;
}

/* Whether one more event would be within the limit; it is not counted. */
static __always_inline bool has_room(__u64 start, __u64 events, __u32 limit)
{
	return bpf_jiffies64() - start > cfg.hz || events < limit;
}

#endif /* MAKO_CLOCK_H */

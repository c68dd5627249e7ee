/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The maps of the health-check program and its load-time settings. Numbers of entries are placeholders, as in maps.h. */
#ifndef MAKO_HEALTHCHECK_MAPS_H
#define MAKO_HEALTHCHECK_MAPS_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "shared_maps.h"

/* Set by the control plane before the load; constants to the verifier, which removes what they switch off. */
const volatile struct mako_hc_settings cfg SEC(".rodata.cfg");

/* Marks are any 32-bit numbers, so this is a hash map: only packets that carry a mark pay for it. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mako_hc_mark);
} mako_hc_marks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 1);
	__type(key, struct mako_hc_key);
	__type(value, struct mako_count);
} mako_hc_keys SEC(".maps");

#endif /* MAKO_HEALTHCHECK_MAPS_H */

/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The maps that every program of the plane uses. What maps.h says of maps holds for these. */
#ifndef MAKO_SHARED_MAPS_H
#define MAKO_SHARED_MAPS_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "layout.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAKO_GATEWAYS);
	__type(key, __u32);
	__type(value, struct mako_gateway);
} mako_gateways SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mako_counters);
} mako_counters SEC(".maps");

#endif /* MAKO_SHARED_MAPS_H */

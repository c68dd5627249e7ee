/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The maps of the forwarding plane and its load-time settings.
 *
 * Numbers of entries are placeholders where they depend on the configuration: the control plane sets them before the
 * load. It also decides what is pinned, so no map says so here. Names have at most 15 characters.
 */
#ifndef MAKO_MAPS_H
#define MAKO_MAPS_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "shared_maps.h"

/* Largest ring: 65537 slots, rounded up so that every ring starts on 8 bytes. */
#define MAKO_RING_BYTES		(65540 * sizeof(__u16))

/* Set by the control plane before the load; constants to the verifier, which removes what they switch off. */
const volatile struct mako_settings cfg SEC(".rodata.cfg") = {
	.address_buckets = 1,
	.service_buckets = 1,
	.max_vips = 1,
	.max_reals = 1,
	.ring_size = 65537,
	.flow4_sets = 1,
	.flow6_sets = 1,
	.hash_seed = 512 * 65537,
	.hash_seed_v6 = 512,
	.hz = 250,
	.stamp_shift = 4,
	.udp_timeout = 469,
	.refresh_after = 16,
	.max_new_connections = 125000,
	.max_frame_size = 1514,
	.too_big_rate = 1000,
	.outer_v4_prefix = 0x000010ac,
	.outer_v6_prefix = { 1, 0, 0 },
	.outer_v4_csum = 0x0045 + 0x0440 + 0x10ac,
	.gue_port = 0xc017,
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mako_plane_meta);
} mako_meta SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mako_control);
} mako_control SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAKO_VIP_GENERATIONS);
	__type(key, __u32);
	__type(value, struct mako_address_bucket);
} mako_addrs SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, MAKO_VIP_GENERATIONS);
	__type(key, __u32);
	__type(value, struct mako_service_bucket);
} mako_services SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mako_vip);
} mako_vips SEC(".maps");

/* Sizes instead of types: a configured ring size changes the size of a value, which must then not contradict BTF. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 2);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, MAKO_RING_BYTES);
} mako_rings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mako_real);
} mako_reals SEC(".maps");

/* VIPs that are prefixes, of all generations. Takes memory for those that are there. */
struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1);
	__type(key, struct mako_prefix);
	__type(value, __u32);
} mako_prefixes SEC(".maps");

/* Destinations of tunnels: few, and asked only about packets that are tunnelled. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 2 * sizeof(__u64));
	__uint(value_size, sizeof(struct mako_decap));
} mako_decap SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 131072);
	__type(key, __u32);
	__type(value, struct mako_member);
} mako_members SEC(".maps");

/*
 * Which reals are down for which VIPs: a bit for each pair, the words of a VIP side by side. One word of an inlined array
 * answers in one cache line, whatever the number of reals that are down; a hash map of pairs would be a call. It takes at
 * most 8 KiB for a VIP, a sixteenth of what its ring takes.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} mako_down_reals SEC(".maps");

/*
 * Connection tables, one per CPU and family. A CPU without one uses mako_fallback. The template carries the NUMA flag,
 * because the kernel refuses inner maps whose flags differ from it, and sizes instead of types, because a type that is
 * reached only through a template is a forward declaration in BTF.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY);
		__uint(map_flags, BPF_F_MMAPABLE | BPF_F_NUMA_NODE);
		__uint(max_entries, 1);
		__uint(key_size, sizeof(__u32));
		__uint(value_size, sizeof(struct mako_set4));
	});
} mako_flow4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY);
		__uint(map_flags, BPF_F_MMAPABLE | BPF_F_NUMA_NODE);
		__uint(max_entries, 1);
		__uint(key_size, sizeof(__u32));
		__uint(value_size, sizeof(struct mako_set6));
	});
} mako_flow6 SEC(".maps");

/* Flows to VIPs that are prefixes, of both families: nothing stands here while they are switched off. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY);
		__uint(map_flags, BPF_F_MMAPABLE | BPF_F_NUMA_NODE);
		__uint(max_entries, 1);
		__uint(key_size, sizeof(__u32));
		__uint(value_size, sizeof(struct mako_set_to));
	});
} mako_flow_to SEC(".maps");

/* Server ids: outer index is the upper half of the id. One large element, because single ones would take 8 bytes each. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, MAKO_SERVER_ID_PAGES);
	__type(key, __u32);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY);
		__uint(map_flags, BPF_F_MMAPABLE);
		__uint(max_entries, 1);
		__uint(key_size, sizeof(__u32));
		__uint(value_size, MAKO_SERVER_ID_PAGE * sizeof(__u16));
	});
} mako_server_ids SEC(".maps");

/*
 * The global connection table: nothing stands here while it is switched off. Its size can change with every start, so it
 * says BPF_F_INNER_MAP, which makes a look-up in it a call; those who are found in the table of their CPU never come here.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_ARRAY);
		__uint(map_flags, BPF_F_MMAPABLE | BPF_F_INNER_MAP);
		__uint(max_entries, 1);
		__uint(key_size, sizeof(__u32));
		__uint(value_size, sizeof(struct mako_set_to));
	});
} mako_global SEC(".maps");

/*
 * Source routes, a trie per family and slot. A slot is empty while nobody has routes to put there, which is no route at all.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, MAKO_ROUTE_SLOTS);
	__type(key, __u32);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_LPM_TRIE);
		__uint(map_flags, BPF_F_NO_PREALLOC);
		__uint(max_entries, 1);
		__uint(key_size, sizeof(struct mako_route4));
		__uint(value_size, sizeof(__u32));
	});
} mako_routes4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, MAKO_ROUTE_SLOTS);
	__type(key, __u32);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_LPM_TRIE);
		__uint(map_flags, BPF_F_NO_PREALLOC);
		__uint(max_entries, 1);
		__uint(key_size, sizeof(struct mako_route6));
		__uint(value_size, sizeof(__u32));
	});
} mako_routes6 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1000);
	__type(key, struct mako_fallback_key);
	__type(value, struct mako_fallback_value);
} mako_fallback SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1000);
	__type(key, struct mako_fallback_key_to);
	__type(value, struct mako_fallback_value);
} mako_fallbackto SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mako_vip_counters);
} mako_vip_stats SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct mako_count);
} mako_real_stats SEC(".maps");

#endif /* MAKO_MAPS_H */

/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The two tables through which packets find VIPs: which addresses belong to any, and which VIP an address, port and
 * protocol mean. Both are two-choice hash tables in which an entry stands in its second bucket only if the first is full.
 */
#ifndef MAKO_VIP_TABLE_H
#define MAKO_VIP_TABLE_H

#include "hash.h"
#include "maps.h"

/* Different seeds, so that a bad luck in one table is not one in the other. */
#define SEED_ADDRESS	0
#define SEED_SERVICE	1

#define NO_VIP		(~0U)

/* The upper half of ::ffff:a.b.c.d is 0; this is the lower half of ::ffff:0:0. */
#define MAPPED_IPV4	0xffff0000ULL

static __always_inline __u64 mapped_ipv4(__u32 address)
{
	return (__u64)address << 32 | MAPPED_IPV4;
}

static __always_inline struct mako_address_bucket *address_bucket(__u32 generation, __u32 hash)
{
	__u32 index = generation * cfg.address_buckets + (hash & (cfg.address_buckets - 1));

	return bpf_map_lookup_elem(&mako_addrs, &index);
}

static __always_inline bool is_address(const struct mako_address *slot, __u64 hi, __u64 lo)
{
	return slot->addr[1] == lo && slot->addr[0] == hi;
}

/* Id of an address (its 16 bytes as two raw words, IPv4 as ::ffff:a.b.c.d), or 0 if no VIP has it. */
static __always_inline __u32 find_host(__u32 generation, __u64 hi, __u64 lo)
{
	__u64 hash = mix(hi, lo, SEED_ADDRESS);
	struct mako_address_bucket *bucket = address_bucket(generation, hash);

	if (!bucket)
		return 0;
	if (is_address(&bucket->slot[0], hi, lo))
		return bucket->slot[0].id;
	if (is_address(&bucket->slot[1], hi, lo))
		return bucket->slot[1].id;
	if (!bucket->slot[0].id || !bucket->slot[1].id)
		return 0;
	bucket = address_bucket(generation, hash >> 32);
	if (!bucket)
		return 0;
	if (is_address(&bucket->slot[0], hi, lo))
		return bucket->slot[0].id;
	if (is_address(&bucket->slot[1], hi, lo))
		return bucket->slot[1].id;
	return 0;
}

static __always_inline struct mako_service_bucket *service_bucket(__u32 generation, __u32 hash)
{
	__u32 index = generation * cfg.service_buckets + (hash & (cfg.service_buckets - 1));

	return bpf_map_lookup_elem(&mako_services, &index);
}

static __always_inline __u32 find_in_bucket(const struct mako_service_bucket *bucket, __u64 key)
{
#pragma clang loop unroll(full)
	for (int i = 0; i < 4; i++) {
		if (bucket->slot[i].key == key)
			return bucket->slot[i].vip;
	}
	return NO_VIP;
}

static __always_inline __u32 find_service(__u32 generation, __u64 key)
{
	__u64 hash = mix(key, key >> 32, SEED_SERVICE);
	struct mako_service_bucket *bucket = service_bucket(generation, hash);
	__u32 number;

	if (!bucket)
		return NO_VIP;
	number = find_in_bucket(bucket, key);
	if (number != NO_VIP)
		return number;
	/* Slots fill in order of no particular kind: any of them may be the empty one. */
	if (!bucket->slot[0].key || !bucket->slot[1].key || !bucket->slot[2].key || !bucket->slot[3].key)
		return NO_VIP;
	bucket = service_bucket(generation, hash >> 32);
	if (!bucket)
		return NO_VIP;
	return find_in_bucket(bucket, key);
}

#endif /* MAKO_VIP_TABLE_H */

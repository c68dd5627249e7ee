/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * VIP look-up in two steps: does the destination address belong to a VIP at all, then which of its VIPs is meant. The
 * first step answers for the traffic that is none of our business, and for fragments and pings, which have no port.
 *
 * Both tables are two-choice hash tables in which an entry stands in its second bucket only if the first is full.
 */
#ifndef MAKO_VIP_H
#define MAKO_VIP_H

#include "hash.h"
#include "maps.h"
#include "outcome.h"
#include "packet.h"

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

/* Id of an address (its 16 bytes as two raw words, IPv4 as ::ffff:a.b.c.d), or 0 if it belongs to no VIP. */
static __always_inline __u32 find_address(const struct packet *packet, __u64 hi, __u64 lo)
{
	__u64 hash = mix(hi, lo, SEED_ADDRESS);
	struct mako_address_bucket *bucket = address_bucket(packet->generation, hash);

	if (!bucket)
		return 0;
	if (is_address(&bucket->slot[0], hi, lo))
		return bucket->slot[0].id;
	if (is_address(&bucket->slot[1], hi, lo))
		return bucket->slot[1].id;
	if (!bucket->slot[0].id || !bucket->slot[1].id)
		return 0;
	bucket = address_bucket(packet->generation, hash >> 32);
	if (!bucket)
		return 0;
	if (is_address(&bucket->slot[0], hi, lo))
		return bucket->slot[0].id;
	if (is_address(&bucket->slot[1], hi, lo))
		return bucket->slot[1].id;
	return 0;
}

/*
 * The same for the two raw words of an address of an IPv6 header. What the table holds as ::ffff:a.b.c.d is an IPv4 VIP:
 * an IPv6 packet to that address is none of its packets, and an IPv4 real could not carry it.
 */
static __always_inline __u32 find_ipv6_address(const struct packet *packet, __u64 hi, __u64 lo)
{
	if (!hi && (__u32)lo == MAPPED_IPV4)
		return 0;
	return find_address(packet, hi, lo);
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

static __always_inline __u32 find_key(__u32 generation, __u64 key)
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

/* Number, flags and ring of the VIP that the flow goes to. A VIP of every port hides the port unless its flags keep it. */
static __always_inline enum outcome find_vip(struct packet *packet, struct flow *flow)
{
	__u64 key = (__u64)flow->address << 32 | (flow->ports & 0xffff0000) | flow->protocol;
	__u32 number = find_key(packet->generation, key);
	bool any_port = false;
	struct mako_vip *vip;

	if (number == NO_VIP) {
		number = find_key(packet->generation, key & ~0xffff0000ULL);
		if (number == NO_VIP)
			return PASS;
		any_port = true;
	}
	vip = bpf_map_lookup_elem(&mako_vips, &number);
	packet->vip = bpf_map_lookup_elem(&mako_vip_stats, &number);
	if (!vip || !packet->vip)
		return PASS;
	flow->number = number;
	flow->vip.word = READ_ONCE(vip->now.word);
	if (any_port && !(flow->vip.flags & (MAKO_VIP_DPORT_HASH | MAKO_VIP_HASH_SRC_DST_PORT)))
		flow->ports &= 0x0000ffff;
	return CONTINUE;
}

#endif /* MAKO_VIP_H */

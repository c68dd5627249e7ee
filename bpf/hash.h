/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Hash functions. jhash decides which real a flow gets and equals Katran's bit for bit; the others only find places in
 * our own tables and are shared with io.makolb.plane.
 */
#ifndef MAKO_HASH_H
#define MAKO_HASH_H

#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#define JHASH_INITVAL	0xdeadbeef

/* Odd, high entropy: 2^64 divided by the golden ratio, and the second prime of xxHash64. */
#define MIX_1		0x9E3779B97F4A7C15ULL
#define MIX_2		0xC2B2AE3D27D4EB4FULL

static __always_inline __u32 rol32(__u32 word, int bits)
{
	return word << bits | word >> (32 - bits);
}

static __always_inline __u32 jhash_final(__u32 a, __u32 b, __u32 c)
{
	c ^= b; c -= rol32(b, 14);
	a ^= c; a -= rol32(c, 11);
	b ^= a; b -= rol32(a, 25);
	c ^= b; c -= rol32(b, 16);
	a ^= c; a -= rol32(c, 4);
	b ^= a; b -= rol32(a, 14);
	c ^= b; c -= rol32(b, 24);
	return c;
}

/* Bob Jenkins' lookup3 over two words, as Linux has it in jhash_2words(). */
static __always_inline __u32 jhash_2words(__u32 a, __u32 b, __u32 seed)
{
	__u32 start = JHASH_INITVAL + (2 << 2) + seed;

	return jhash_final(a + start, b + start, start);
}

/* lookup3 over 16 bytes given as two little-endian words, as Linux has it in jhash(). */
static __always_inline __u32 jhash_16bytes(const __u64 words[2], __u32 seed)
{
	__u32 a = JHASH_INITVAL + 16 + seed, b = a, c = a;

	a += (__u32)words[0];
	b += words[0] >> 32;
	c += (__u32)words[1];
	a -= c; a ^= rol32(c, 4); c += b;
	b -= a; b ^= rol32(a, 6); a += c;
	c -= b; c ^= rol32(b, 8); b += a;
	a -= c; a ^= rol32(c, 16); c += b;
	b -= a; b ^= rol32(a, 19); a += c;
	c -= b; c ^= rol32(b, 4); b += a;
	a += words[1] >> 32;
	return jhash_final(a, b, c);
}

/* Places in the VIP tables. Operators choose the keys, so nothing here needs a secret. */
static __always_inline __u64 mix(__u64 hi, __u64 lo, __u64 seed)
{
	__u64 h = (lo ^ seed) * MIX_1;

	h ^= h >> 32;
	h = (h ^ hi) * MIX_2;
	return h ^ h >> 29;
}

/*
 * Places in the connection table. Clients choose the keys: multiplying with a secret odd number makes the upper half of
 * the product universal, so that nobody can aim at one set; the rest spreads it over both halves. The VIP is part of the
 * place: the flows of one client to more VIPs than two sets have ways would push each other out if their ports are equal,
 * as they always are where NO_SPORT or a VIP of every port has zeroed them.
 */
static __always_inline __u64 flow_hash_v4(__u32 src, __u32 ports, __u32 vip, __u64 secret)
{
	__u64 h = ((__u64)ports << 32 | src) * (secret | 1);

	h ^= h >> 32;
	h = (h ^ vip) * MIX_2;
	return h ^ h >> 29;
}

/* What flow_hash_v6() begins with: where the VIP does not tell it, the destination is part of the place. 0 for 0. */
static __always_inline __u64 hash_destination(const __u64 dst[2], __u64 secret)
{
	__u64 key = secret | 1;
	__u64 h = dst[0] * key;

	h ^= h >> 32;
	h = (h ^ dst[1]) * key;
	return h ^ h >> 32;
}

static __always_inline __u64 flow_hash_v6(__u64 begin, const __u64 src[2], __u32 ports, __u32 vip, __u64 secret)
{
	__u64 key = secret | 1;
	__u64 h = (begin ^ src[0]) * key;

	h ^= h >> 32;
	h = (h ^ src[1]) * key;
	h ^= h >> 32;
	h = (h ^ ((__u64)vip << 32 | ports)) * key;
	h ^= h >> 32;
	h *= MIX_2;
	return h ^ h >> 29;
}

#endif /* MAKO_HASH_H */

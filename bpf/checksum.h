/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The Internet checksum (RFC 1071) on raw little-endian words: the byte order cancels out. */
#ifndef MAKO_CHECKSUM_H
#define MAKO_CHECKSUM_H

#include <linux/ip.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

/* Twice, because the first addition may carry again. */
static __always_inline __u16 csum_fold(__u32 sum)
{
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return ~sum;
}

static __always_inline __u16 swap16(__u16 word)
{
	return word << 8 | word >> 8;
}

/* The words of a header without options, not folded. */
static __always_inline __u32 csum_ipv4_words(const struct iphdr *ip)
{
	const __u16 *word = (const __u16 *)ip;
	__u32 sum = 0;

#pragma clang loop unroll(full)
	for (unsigned int i = 0; i < sizeof(*ip) / sizeof(*word); i++)
		sum += word[i];
	return sum;
}

/* Checksum of a header without options whose checksum field is 0. */
static __always_inline __u16 csum_ipv4_header(const struct iphdr *ip)
{
	return csum_fold(csum_ipv4_words(ip));
}

#endif /* MAKO_CHECKSUM_H */

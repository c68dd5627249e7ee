/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Counters per destination: of the destinations somebody asked for, and of the packet as it was before the outer header. */
#ifndef MAKO_HEALTHCHECK_KEY_H
#define MAKO_HEALTHCHECK_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include <linux/bpf.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "healthcheck_maps.h"
#include "packet.h"

#define IP_OFFSET_MASK	0x1fff	/* of iphdr.frag_off: only the first fragment has ports */

static __always_inline int destination_v4(struct __sk_buff *skb, struct mako_hc_key *key)
{
	struct iphdr ip;

	if (bpf_skb_load_bytes(skb, L3_OFFSET, &ip, sizeof(ip)) || ip.ihl < 5 || ip.frag_off & bpf_htons(IP_OFFSET_MASK))
		return -1;
	key->addr[10] = 0xff;
	key->addr[11] = 0xff;
	__builtin_memcpy(key->addr + 12, &ip.daddr, sizeof(ip.daddr));
	key->protocol = ip.protocol;
	return L3_OFFSET + ip.ihl * 4;
}

static __always_inline int destination_v6(struct __sk_buff *skb, struct mako_hc_key *key)
{
	struct ipv6hdr ip;

	if (bpf_skb_load_bytes(skb, L3_OFFSET, &ip, sizeof(ip)))
		return -1;
	__builtin_memcpy(key->addr, &ip.daddr, sizeof(key->addr));
	key->protocol = ip.nexthdr;
	return L4_OFFSET_V6;
}

/* Whom the packet is for, and where its transport header is; 0 if that cannot be a key: not TCP or UDP, or no whole header. */
static __always_inline __u32 find_destination(struct __sk_buff *skb, struct mako_hc_key *key, bool ipv6)
{
	int l4 = ipv6 ? destination_v6(skb, key) : destination_v4(skb, key);
	__u32 header;

	if (l4 < 0)
		return 0;
	if (key->protocol == IPPROTO_TCP)
		header = sizeof(struct tcphdr);
	else if (key->protocol == IPPROTO_UDP)
		header = sizeof(struct udphdr);
	else
		return 0;
	/* Both have the destination port behind the source port. */
	if (l4 + header > skb->len || bpf_skb_load_bytes(skb, l4 + sizeof(__be16), &key->port, sizeof(key->port)))
		return 0;
	return l4;
}

/* An address and port first, then the address with every port: the order in which VIPs are looked up. */
static __always_inline void count_destination(struct mako_hc_key *key, __u32 bytes)
{
	struct mako_count *count = bpf_map_lookup_elem(&mako_hc_keys, key);

	if (!count) {
		key->port = 0;
		count = bpf_map_lookup_elem(&mako_hc_keys, key);
	}
	if (count) {
		count->packets++;
		count->bytes += bytes;
	}
}

#endif /* MAKO_HEALTHCHECK_KEY_H */

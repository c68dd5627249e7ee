// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * Health checks on the road of balanced packets: what a program of this host sends with a mark (SO_MARK) leaves encapsulated
 * to the real of that mark, as the balancer would send it there. Runs where packets leave the host; needs nobody alive.
 */
#include <stdbool.h>
#include <stddef.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "healthcheck_direct.h"
#include "healthcheck_key.h"
#include "healthcheck_maps.h"
#include "healthcheck_outcome.h"
#include "healthcheck_tunnel.h"

static __always_inline enum healthcheck_outcome forward(struct __sk_buff *skb, const struct mako_hc_mark *mark, bool ipv6)
{
	struct mako_hc_key key = {};
	__u32 bytes = skb->len - L3_OFFSET, l4;
	enum healthcheck_outcome outcome;

	if (ipv6 && !(mark->flags & MAKO_REAL_IPV6))
		return HC_WRONG_FAMILY;
	l4 = find_destination(skb, &key, ipv6);
	/* The packet may pass an egress hook again, of a tunnel or a device below this one. */
	skb->mark = 0;
	outcome = cfg.tunnel ? tunnel(skb, mark) : direct(skb, mark, datagram_size(skb, &key, l4), ipv6);
	if (l4 && (outcome == HC_SEND || outcome == HC_REDIRECT))
		count_destination(&key, bytes);
	return outcome;
}

static __always_inline enum healthcheck_outcome classify(struct __sk_buff *skb)
{
	__u32 number = skb->mark;
	struct mako_hc_mark *mark;

	if (!number)
		return HC_SKIP;
	mark = bpf_map_lookup_elem(&mako_hc_marks, &number);
	if (!mark)
		return HC_SKIP;
	if (skb->protocol == bpf_htons(ETH_P_IP))
		return forward(skb, mark, false);
	if (skb->protocol == bpf_htons(ETH_P_IPV6))
		return forward(skb, mark, true);
	return HC_SKIP;
}

SEC("tc")
int mako_healthcheck(struct __sk_buff *skb)
{
	__u32 zero = 0;
	struct mako_counters *counters = bpf_map_lookup_elem(&mako_counters, &zero);

	/* The map has its one element: the verifier wants to be told. */
	if (!counters)
		return TC_ACT_UNSPEC;
	return healthcheck_leave(counters, classify(skb));
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

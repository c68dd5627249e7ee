/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The outer header by a tunnel device of the host (ip link add ... type ipip external): it is told where to, per packet. */
#ifndef MAKO_HEALTHCHECK_TUNNEL_H
#define MAKO_HEALTHCHECK_TUNNEL_H

#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "healthcheck_maps.h"
#include "healthcheck_outcome.h"

#define TUNNEL_TTL		64
#define TUNNEL_MAX_LENGTH	1474	/* Katran's: 1514 less an IPv6 header */

static __always_inline enum healthcheck_outcome tunnel(struct __sk_buff *skb, const struct mako_hc_mark *mark)
{
	__u32 ipv6 = mark->flags & MAKO_REAL_IPV6;
	__u32 device = ipv6 ? cfg.tunnel_v6 : cfg.tunnel_v4;
	struct bpf_tunnel_key key = { .tunnel_ttl = TUNNEL_TTL };

	/* What TCP handed down in one piece is cut into segments later. */
	if (skb->len > TUNNEL_MAX_LENGTH && !skb->gso_size)
		return HC_TOO_BIG;
	if (!device)
		return HC_NO_SOURCE;
	if (ipv6)
		__builtin_memcpy(key.remote_ipv6, mark->addr, sizeof(key.remote_ipv6));
	else
		key.remote_ipv4 = bpf_ntohl(*(const __be32 *)mark->addr);
	if (bpf_skb_set_tunnel_key(skb, &key, sizeof(key), ipv6 ? BPF_F_TUNINFO_IPV6 : 0))
		return HC_ENCAP_FAIL;
	return bpf_redirect(device, 0) == TC_ACT_REDIRECT ? HC_REDIRECT : HC_ENCAP_FAIL;
}

#endif /* MAKO_HEALTHCHECK_TUNNEL_H */

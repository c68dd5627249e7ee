/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Towards the real: next hop, counters, and the outer header, which is IPIP's or GUE's. */
#ifndef MAKO_ENCAP_H
#define MAKO_ENCAP_H

#include "gue.h"
#include "ipip.h"
#include "maps.h"
#include "outcome.h"
#include "packet.h"

/* The word of the next hop: a slot of its own if the interface has one, else the default. */
static __always_inline __u64 find_gateway(const struct packet *packet)
{
	__u32 slot = 0;
	struct mako_gateway *gateway;

	if (cfg.per_interface_gateway) {
		slot = packet->ctx->ingress_ifindex % MAKO_GATEWAYS;
		gateway = bpf_map_lookup_elem(&mako_gateways, &slot);
		if (slot && gateway && gateway->ifindex == packet->ctx->ingress_ifindex)
			return READ_ONCE(gateway->mac);
		slot = 0;
	}
	gateway = bpf_map_lookup_elem(&mako_gateways, &slot);
	return gateway ? READ_ONCE(gateway->mac) : 0;
}

static __always_inline enum outcome encapsulate(struct packet *packet, const struct flow *flow,
						const struct mako_real *real, __u64 gateway, bool ipv6)
{
	if (cfg.encapsulation == MAKO_ENCAP_GUE)
		return real->flags & MAKO_REAL_IPV6 ? gue_over_ipv6(packet, flow, real, gateway, ipv6) :
						      gue_over_ipv4(packet, flow, real, gateway);
	return real->flags & MAKO_REAL_IPV6 ? ipip_over_ipv6(packet, flow, real, gateway, ipv6) :
					      ipip_over_ipv4(packet, flow, real, gateway);
}

/* The real is this machine, and the VIP leaves such packets to the host as they came. */
static __always_inline bool is_delivered_here(const struct flow *flow, const struct mako_real *real)
{
	return cfg.local_delivery && flow->vip.flags & MAKO_VIP_LOCAL && real->flags & MAKO_REAL_LOCAL;
}

static __always_inline enum outcome forward(struct packet *packet, const struct flow *flow, bool ipv6)
{
	__u32 index = flow->real;
	struct mako_real *real = bpf_map_lookup_elem(&mako_reals, &index);
	struct mako_count *count = bpf_map_lookup_elem(&mako_real_stats, &index);
	__u64 gateway = find_gateway(packet);
	bool here;

	if (!real || !count)
		return DROP_NO_REAL;
	if (ipv6 && !(real->flags & MAKO_REAL_IPV6))
		return DROP_NO_REAL;	/* the control plane refuses such a real: IPv4 cannot be told what it carries */
	here = is_delivered_here(flow, real);
	if (!here && !(gateway & MAKO_GATEWAY_KNOWN))
		return DROP_NO_GATEWAY;
	packet->vip->forwarded.packets++;
	packet->vip->forwarded.bytes += flow->bytes;
	count->packets++;
	count->bytes += flow->bytes;
	if (here)
		return PASS;
	return encapsulate(packet, flow, real, gateway, ipv6);
}

#endif /* MAKO_ENCAP_H */

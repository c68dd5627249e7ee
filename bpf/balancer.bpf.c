// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * The balancer: undo tunnels, parse, find the VIP, find the real, encapsulate, out where it came from.
 *
 * Each step either decides the frame's outcome or leaves it to the next one. What differs between IPv4 and IPv6 is a
 * constant to the compiler, so each family gets straight code of its own.
 */
#include <stddef.h>

#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include "decap.h"
#include "egress.h"
#include "encap.h"
#include "icmp.h"
#include "maps.h"
#include "outcome.h"
#include "packet.h"
#include "parse.h"
#include "select.h"
#include "too_big.h"
#include "vip.h"
#include "vlan.h"

static __always_inline enum outcome parse(struct packet *packet, struct flow *flow, bool ipv6)
{
	enum outcome outcome = ipv6 ? parse_ipv6(packet, flow) : parse_ipv4(packet, flow);

	if (outcome != CONTINUE)
		return outcome;
	if (flow->protocol == (ipv6 ? IPPROTO_ICMPV6 : IPPROTO_ICMP))
		return ipv6 ? icmp_v6(packet, flow) : icmp_v4(packet, flow);
	if (!flow->address)
		return PASS;
	return parse_transport(packet, flow, ipv6 ? L4_OFFSET_V6 : L4_OFFSET_V4);
}

static __always_inline enum outcome balance(struct packet *packet, bool ipv6)
{
	struct flow flow = {};
	enum outcome outcome = parse(packet, &flow, ipv6);

	if (outcome == CONTINUE)
		outcome = find_vip(packet, &flow, ipv6);
	if (outcome != CONTINUE)
		return outcome;
	if (packet->end - packet->data > cfg.max_frame_size)
		return too_big(packet, &flow, ipv6);
	packet->counters->vip_packets++;
	if (flow.vip.flags & MAKO_VIP_NO_SPORT)
		flow.ports &= 0xffff0000;
	outcome = select_real(packet, &flow, ipv6);
	if (outcome != CONTINUE)
		return outcome;
	return forward(packet, &flow, ipv6);
}

/* What follows the Ethernet addresses and the tag, if there is one. */
static __always_inline enum outcome balance_ip(struct packet *packet)
{
	enum outcome outcome = undo_tunnels(packet);
	const __be16 *protocol = packet->data + offsetof(struct ethhdr, h_proto);

	if (outcome != CONTINUE)
		return outcome;
	if (packet->data + sizeof(struct ethhdr) > packet->end)
		return DROP_MALFORMED;
	if (*protocol == bpf_htons(ETH_P_IP))
		return balance(packet, false);
	if (*protocol == bpf_htons(ETH_P_IPV6))
		return balance(packet, true);
	return PASS;	/* ARP, ...: not ours */
}

/* Frames with a tag have code of their own, so that the others pay nothing for it. A second tag is not ours. */
static __always_inline enum outcome balance_frame(struct packet *packet)
{
	const __be16 *protocol = packet->data + offsetof(struct ethhdr, h_proto);

	if (packet->data + sizeof(struct ethhdr) > packet->end)
		return DROP_MALFORMED;
	if (cfg.vlan && *protocol == bpf_htons(ETH_P_8021Q)) {
		step_over_tag(packet);
		return balance_ip(packet);
	}
	return balance_ip(packet);
}

SEC("xdp")
int mako_ingress(struct xdp_md *ctx)
{
	__u32 zero = 0;
	struct packet packet = {
		.ctx = ctx,
		.control = bpf_map_lookup_elem(&mako_control, &zero),
		.counters = bpf_map_lookup_elem(&mako_counters, &zero),
	};

	/* Both maps have their one element: the verifier wants to be told. */
	if (!packet.control || !packet.counters)
		return XDP_DROP;
	reload(&packet);
	packet.length = packet.end - packet.data;
	packet.generation = READ_ONCE(packet.control->generation);
	packet.prefixes = cfg.prefix_vips ? READ_ONCE(packet.control->prefix_vips) >> packet.generation & 1 : 0;
	return egress(&packet, balance_frame(&packet));
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

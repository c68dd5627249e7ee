/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Tunnels that end here: IP in IP and GUE (variant 1) to this machine are undone before anything else looks at the frame.
 * What was inside goes through the pipeline as if it had just arrived (INLINE), back to where it came from (EGRESS), or, if
 * nobody configured its destination, to the host. A hop that forwards takes one off the inner time to live; all do.
 *
 * Whatever is no whole tunnelled packet is not touched: other protocols, fragments, options, an inner version that is not
 * the announced one.
 */
#ifndef MAKO_DECAP_H
#define MAKO_DECAP_H

#include <linux/in.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>

#include "icmp.h"
#include "maps.h"
#include "outcome.h"
#include "packet.h"
#include "parse.h"
#include "vlan.h"

/* Tunnels inside tunnels: what is inside this many goes on as it is. */
#define MAX_TUNNELS	2

struct tunnel {
	__u64 destination[2];	/* as in struct mako_address */
	__u32 outer;		/* bytes up to the inner header */
	bool ipv6;		/* family of the outer header */
	bool gue;
	__u8 version;		/* of the packet inside, as announced; 0 = its own first nibble says it */
};

/* How the packet is tunnelled, from the protocol of the outer header; false: not at all, or in a way that is off. */
static __always_inline bool read_protocol(const struct packet *packet, struct tunnel *tunnel, __u8 protocol)
{
	const struct udphdr *udp = packet->data + L3_OFFSET + tunnel->outer;

	if (protocol == IPPROTO_IPIP || protocol == IPPROTO_IPV6) {
		tunnel->version = protocol == IPPROTO_IPIP ? 4 : 6;
		return cfg.decap & MAKO_DECAP_IPIP;
	}
	if (!(cfg.decap & MAKO_DECAP_GUE) || protocol != IPPROTO_UDP)
		return false;
	if ((void *)(udp + 1) > packet->end || udp->dest != cfg.gue_port)
		return false;
	tunnel->outer += sizeof(*udp);
	tunnel->gue = true;
	return true;
}

static __always_inline bool read_tunnel_v4(const struct packet *packet, struct tunnel *tunnel)
{
	const struct iphdr *ip = packet->data + L3_OFFSET;

	if ((void *)(ip + 1) > packet->end || ip->ihl != IPV4_IHL_NO_OPTIONS ||
	    ip->frag_off & bpf_htons(IPV4_MORE_FRAGMENTS | IPV4_FRAGMENT_OFFSET))
		return false;
	tunnel->destination[1] = mapped_ipv4(ip->daddr);
	tunnel->outer = sizeof(*ip);
	return read_protocol(packet, tunnel, ip->protocol);
}

static __always_inline bool read_tunnel_v6(const struct packet *packet, struct tunnel *tunnel)
{
	const struct ipv6hdr *ip = packet->data + L3_OFFSET;
	const __u64 *destination = (const __u64 *)&ip->daddr;

	if ((void *)(ip + 1) > packet->end)
		return false;
	tunnel->destination[0] = destination[0];
	tunnel->destination[1] = destination[1];
	tunnel->outer = sizeof(*ip);
	tunnel->ipv6 = true;
	return read_protocol(packet, tunnel, ip->nexthdr);
}

/* With the strict setting, only what is addressed to the machine itself, or to a configured destination, is undone. */
static __always_inline bool is_own_address(const struct tunnel *tunnel)
{
	if (!tunnel->ipv6)
		return tunnel->destination[1] == mapped_ipv4(cfg.source_v4);
	return tunnel->destination[0] == (cfg.source_v6[0] | (__u64)cfg.source_v6[1] << 32) &&
	       tunnel->destination[1] == (cfg.source_v6[2] | (__u64)cfg.source_v6[3] << 32);
}

/* Takes one off the time to live; false: it is over. The checksum is that of RFC 1624 for the one byte that changes. */
static __always_inline bool age_v4(struct iphdr *ip)
{
	__u32 csum = ip->check + 1;

	if (ip->ttl <= 1)
		return false;
	ip->ttl--;
	ip->check = (csum & 0xffff) + (csum >> 16);
	return true;
}

static __always_inline bool age_v6(struct ipv6hdr *ip)
{
	if (ip->hop_limit <= 1)
		return false;
	ip->hop_limit--;
	return true;
}

/* Cuts the outer header out; the Ethernet header, with the tag if there is one, moves to the inner header. */
static __always_inline bool cut_outer(struct packet *packet, const struct tunnel *tunnel, __be16 protocol)
{
	const struct ethhdr old = *(const struct ethhdr *)frame_start(packet);
	struct vlan_tag tag = {};
	struct ethhdr *inner;

	if (packet->tag)
		tag = *(const struct vlan_tag *)(frame_start(packet) + MACS_LENGTH);
	if (bpf_xdp_adjust_head(packet->ctx, (int)tunnel->outer))
		return false;
	reload(packet);
	inner = packet->data;
	if ((void *)(inner + 1) > packet->end)
		return false;
	*(struct ethhdr *)frame_start(packet) = old;
	if (packet->tag)
		*(struct vlan_tag *)(frame_start(packet) + MACS_LENGTH) = tag;
	inner->h_proto = protocol;
	return true;
}

static __always_inline void count_undone(struct packet *packet, const struct tunnel *tunnel)
{
	if (tunnel->ipv6)
		packet->counters->decap_v6++;
	else
		packet->counters->decap_v4++;
}

/* Undoes one tunnel. CONTINUE: there was none, or *again says that what was inside is the frame now. */
static __always_inline enum outcome undo_tunnel(struct packet *packet, bool *again)
{
	const struct ethhdr *eth = packet->data;
	struct tunnel tunnel = {};
	struct mako_decap *target;
	__u64 key[2];
	const __u8 *inner;
	bool tunnelled, ipv6;
	__u8 version, mode;

	if ((void *)(eth + 1) > packet->end)
		return CONTINUE;
	if (eth->h_proto == bpf_htons(ETH_P_IP))
		tunnelled = read_tunnel_v4(packet, &tunnel);
	else if (eth->h_proto == bpf_htons(ETH_P_IPV6))
		tunnelled = read_tunnel_v6(packet, &tunnel);
	else
		return CONTINUE;
	if (!tunnelled)
		return CONTINUE;
	key[0] = tunnel.destination[0];
	key[1] = tunnel.destination[1];
	target = bpf_map_lookup_elem(&mako_decap, key);
	mode = target ? target->mode : MAKO_DECAP_TO_HOST;
	if (target)
		packet->counters->decap_destination++;
	else if (cfg.decap_strict && !is_own_address(&tunnel))
		return PASS;

	inner = packet->data + L3_OFFSET + tunnel.outer;
	if ((void *)(inner + 1) > packet->end)
		return target ? DROP_MALFORMED : CONTINUE;
	version = *inner >> 4;
	if (tunnel.gue ? version != 4 && version != 6 : version != tunnel.version)
		return CONTINUE;
	ipv6 = version == 6;
	if ((void *)inner + (ipv6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr)) > packet->end)
		return target ? DROP_MALFORMED : CONTINUE;
	if (!(ipv6 ? age_v6((void *)inner) : age_v4((void *)inner)))
		return DROP_EXPIRED;
	if (!cut_outer(packet, &tunnel, ipv6 ? bpf_htons(ETH_P_IPV6) : bpf_htons(ETH_P_IP)))
		return DROP_MALFORMED;
	count_undone(packet, &tunnel);
	if (mode == MAKO_DECAP_TO_HOST)
		return PASS;
	if (mode == MAKO_DECAP_EGRESS) {
		swap_macs(frame_start(packet));
		packet->counters->decap_egress++;
		return TRANSMIT;
	}
	packet->counters->decap_inline++;
	*again = true;
	return CONTINUE;
}

static __always_inline enum outcome undo_tunnels(struct packet *packet)
{
	enum outcome outcome;
	bool again;

	if (!cfg.decap)
		return CONTINUE;
	for (int i = 0; i < MAX_TUNNELS; i++) {
		again = false;
		outcome = undo_tunnel(packet, &again);
		if (outcome != CONTINUE || !again)
			return outcome;
	}
	return CONTINUE;
}

#endif /* MAKO_DECAP_H */

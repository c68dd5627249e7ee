/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* UDP stable routing: datagrams that begin with a header of 8 bytes, in which a server id stands. */
#ifndef MAKO_STABLE_UDP_H
#define MAKO_STABLE_UDP_H

#include <linux/udp.h>

#include "icmp.h"
#include "packet.h"
#include "server_id.h"

#define STABLE_HEADER_LENGTH	8
#define STABLE_TYPE		0x52	/* first byte; three bytes of server id follow, the largest first */

/* Where the UDP payload begins, in ICMP errors that of the datagram they embed. */
static __always_inline __u32 udp_payload(const struct flow *flow, bool ipv6)
{
	__u32 transport = ipv6 ? L4_OFFSET_V6 : L4_OFFSET_V4;

	if (flow->flags & FLOW_FROM_ICMP)
		transport += sizeof(struct icmp_header) + (ipv6 ? sizeof(struct ipv6hdr) : sizeof(struct iphdr));
	return transport + sizeof(struct udphdr);
}

/* The real that the header at an offset into the frame names, or NO_REAL. */
__noinline __u32 find_stable_server(struct xdp_md *ctx, __u32 offset, struct mako_counters *counters, __u32 ipv6)
{
	const void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	const __u8 *header = data + offset;
	__u32 id, real;

	if (!cfg.udp_stable_routing || offset > MOST_OFFSET || !counters)
		return NO_REAL;
	if ((void *)(header + STABLE_HEADER_LENGTH) > end || header[0] != STABLE_TYPE) {
		counters->stable_other_packets++;
		counters->stable_without_id++;
		return NO_REAL;
	}
	id = header[1] << 16 | header[2] << 8 | header[3];
	real = find_server(id);
	if (real != NO_REAL && can_carry(real, ipv6)) {
		counters->stable_by_id++;
		return real;
	}
	if (real != NO_REAL)
		counters->stable_unusable_ids++;
	else
		counters->stable_unknown_ids += !!id;
	counters->stable_without_id++;
	return NO_REAL;
}

/* The connection table is neither asked nor told of what a header has placed. */
static __always_inline void route_stable_udp(struct packet *packet, struct flow *flow, bool ipv6)
{
	__u32 offset = packet->tag + udp_payload(flow, ipv6);
	__u32 real = find_stable_server(packet->ctx, offset, packet->counters, ipv6);

	if (real != NO_REAL)
		flow->real = real;
}

#endif /* MAKO_STABLE_UDP_H */

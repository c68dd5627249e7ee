/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * QUIC: servers choose connection ids that carry their server id (draft-ietf-quic-load-balancers calls it routing by
 * connection id; the formats are Katran's). Clients may then change address and port and still reach their server.
 */
#ifndef MAKO_QUIC_H
#define MAKO_QUIC_H

#include <linux/icmpv6.h>
#include <linux/udp.h>

#include "icmp.h"
#include "outcome.h"
#include "packet.h"
#include "prefix_flow.h"
#include "server_id.h"

/* RFC 9000 17.2 and 17.3. The version of QUIC is not looked at. */
#define QUIC_LONG_HEADER	0x80
#define QUIC_LONG_TYPE		0x30
#define QUIC_HANDSHAKE		0x20	/* types below, Initial and 0-RTT, still have the client's own choice of an id */
#define QUIC_SHORT_ID		1	/* offsets of the destination connection id */
#define QUIC_LONG_ID_LENGTH	5
#define QUIC_LONG_ID		6

/* Connection ids of ours are at least as long. */
#define QUIC_ID_LENGTH		8

/*
 * Instead of a real: the id names one that cannot be sent such packets. No index, because those have 16 bits, so the packet
 * is dropped where its real is looked up.
 */
#define QUIC_UNUSABLE	0x10000

/* The server id in a connection id, or 0. The two upper bits say how it is written there. */
static __always_inline __u32 quic_server_id(struct mako_counters *counters, const __u8 *cid)
{
	__u32 id;

	switch (cid[0] >> 6) {
	case 1:
		id = (cid[0] & 0x3f) << 10 | cid[1] << 2 | cid[2] >> 6;
		counters->quic_ids_v1 += !!id;
		return id;
	case 2:
		id = cid[1] << 16 | cid[2] << 8 | cid[3];
		counters->quic_ids_v2 += !!id;
		return id;
	case 3:
		id = (__u32)cid[1] << 24 | cid[2] << 16 | cid[3] << 8 | cid[4];
		/* Katran reads a signed number, and takes only what is above 0. */
		if ((__s32)id < 0)
			return 0;
		counters->quic_ids_v3 += !!id;
		return id;
	default:
		return 0;
	}
}

/* The connection id of QUIC_ID_LENGTH bytes that a server has chosen, or NULL. */
static __always_inline const __u8 *quic_connection_id(const __u8 *header, const void *end, bool *initial)
{
	if ((void *)(header + QUIC_SHORT_ID + QUIC_ID_LENGTH) > end)
		return NULL;
	if (!(header[0] & QUIC_LONG_HEADER))
		return header + QUIC_SHORT_ID;
	if ((void *)(header + QUIC_LONG_ID + QUIC_ID_LENGTH) > end)
		return NULL;
	*initial = (header[0] & QUIC_LONG_TYPE) < QUIC_HANDSHAKE;
	if (*initial || header[QUIC_LONG_ID_LENGTH] < QUIC_ID_LENGTH)
		return NULL;
	return header + QUIC_LONG_ID;
}

/* ICMP errors are not about the connection id in them: it is the client's. They follow their flow. */
static __always_inline void count_quic_icmp(struct mako_counters *counters, const struct icmp_header *icmp, const void *end,
					    __u32 ipv6)
{
	counters->quic_icmp++;
	if ((void *)(icmp + 1) > end)
		return;
	if (ipv6 ? icmp->type == ICMPV6_DEST_UNREACH &&
			   (icmp->code == ICMPV6_ADDR_UNREACH || icmp->code == ICMPV6_PORT_UNREACH) :
		   icmp->code == ICMP_HOST_UNREACHABLE || icmp->code == ICMP_PORT_UNREACHABLE)
		counters->quic_icmp_unreachable++;
}

static __always_inline void tell_table_of_quic(struct xdp_md *ctx, __u32 offset, const struct named_flow *named,
					       struct mako_counters *counters, struct mako_vip_counters *vip)
{
	switch (tell_table(ctx, offset, named, counters)) {
	case TABLE_MATCH:
		counters->quic_table_match++;
		break;
	case TABLE_MISMATCH:
		counters->quic_table_mismatch++;
		vip->id_mismatches++;
		break;
	default:
		counters->quic_table_not_found++;
		break;
	}
}

/*
 * The real that the QUIC packet names whose UDP header is at an offset into the frame, NO_REAL, or QUIC_UNUSABLE. The
 * connection table is told even where it is never asked, as Katran does.
 */
__noinline __u32 find_quic_server(struct xdp_md *ctx, __u32 offset, struct named_flow *named, struct mako_counters *counters,
				  struct mako_vip_counters *vip)
{
	const void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	bool initial = false;
	const __u8 *cid;
	__u32 id;

	if (offset > MOST_OFFSET || !named || !counters || !vip)
		return NO_REAL;
	if (named->from_icmp) {
		count_quic_icmp(counters, data + offset, end, named->ipv6);
		return NO_REAL;
	}
	cid = quic_connection_id(data + offset + sizeof(struct udphdr), end, &initial);
	if (initial) {
		counters->quic_initial++;
		vip->id_new++;
		return NO_REAL;
	}
	id = cid ? quic_server_id(counters, cid) : 0;
	named->real = find_server(id);
	if (named->real == NO_REAL) {
		counters->quic_unknown_ids += !!id;
		counters->quic_without_id++;
		return NO_REAL;
	}
	if (!can_carry(named->real, named->ipv6)) {
		counters->quic_unusable_ids++;
		return QUIC_UNUSABLE;
	}
	counters->quic_by_id++;
	tell_table_of_quic(ctx, offset, named, counters, vip);
	return named->real;
}

static __always_inline void route_quic(struct packet *packet, struct flow *flow, bool ipv6)
{
	__u32 offset = packet->tag + (ipv6 ? L4_OFFSET_V6 : L4_OFFSET_V4);
	struct named_flow named = named_flow(flow, ipv6);

	flow->real = find_quic_server(packet->ctx, offset, &named, packet->counters, packet->vip);
}

#endif /* MAKO_QUIC_H */

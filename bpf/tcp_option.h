/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* TCP server-id routing: clients return the server id of their real in an option of every segment but the first. */
#ifndef MAKO_TCP_OPTION_H
#define MAKO_TCP_OPTION_H

#include <linux/tcp.h>

#include "packet.h"
#include "prefix_flow.h"
#include "server_id.h"

#define TCP_OPTION_END		0
#define TCP_OPTION_NOP		1
#define TCP_OPTION_SERVER_ID	0xb7
#define TCP_OPTION_ID_LENGTH	6	/* kind, length, four bytes of id */

/* Of so many options each is looked at. */
#define TCP_OPTIONS_MOST	15

/* The byte of a TCP header that holds its length in words of 4 bytes, in the upper half (RFC 9293 3.1). */
#define TCP_LENGTH_OFFSET	12

/*
 * The server id in TCP options of so many bytes at an offset into the frame, or 0. The raw word is the id, so the smallest
 * byte comes first.
 */
static __always_inline __u32 tcp_option_id(const void *options, __u32 length, const void *end)
{
	__u32 at = 0;

	for (int i = 0; i < TCP_OPTIONS_MOST; i++) {
		const __u8 *option;
		__u32 size = 1;

		if (at >= length)
			return 0;
		option = options + at;
		if ((void *)(option + 1) > end || option[0] == TCP_OPTION_END)
			return 0;
		if (option[0] != TCP_OPTION_NOP) {
			if (at + 2 > length || (void *)(option + 2) > end)
				return 0;
			size = option[1];
			if (at + size > length)
				return 0;
			if (option[0] == TCP_OPTION_SERVER_ID) {
				if (size != TCP_OPTION_ID_LENGTH || (void *)(option + TCP_OPTION_ID_LENGTH) > end)
					return 0;
				return *(const __u32 *)(option + 2);
			}
		}
		at += size;
	}
	return 0;
}

/*
 * The real that an option of the TCP header at an offset into the frame names, or NO_REAL. ICMP errors follow their flow:
 * of the segment that they are about, they seldom have the options.
 */
__noinline __u32 find_tcp_server(struct xdp_md *ctx, __u32 offset, struct named_flow *named, struct mako_counters *counters,
				 struct mako_vip_counters *vip)
{
	const void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	const __u8 *tcp = data + offset;
	__u32 length;

	if (!cfg.tcp_server_id_routing || offset > MOST_OFFSET || !named || !counters || !vip ||
	    (void *)(tcp + sizeof(struct tcphdr)) > end)
		return NO_REAL;
	length = tcp[TCP_LENGTH_OFFSET] >> 4 << 2;
	if (!named->from_icmp && length >= sizeof(struct tcphdr) + TCP_OPTION_ID_LENGTH)
		named->real =
			find_server(tcp_option_id(tcp + sizeof(struct tcphdr), length - sizeof(struct tcphdr), end));
	if (named->real == NO_REAL || !can_carry(named->real, named->ipv6)) {
		counters->tcp_without_id++;
		return NO_REAL;
	}
	counters->tcp_by_id++;
	if (!(named->vip_flags & MAKO_VIP_NO_LRU) && tell_table(ctx, offset, named, counters) == TABLE_MISMATCH) {
		counters->tcp_table_mismatch++;
		vip->id_mismatches++;
	}
	return named->real;
}

static __always_inline void route_by_tcp_option(struct packet *packet, struct flow *flow, bool ipv6)
{
	__u32 offset = packet->tag + (ipv6 ? L4_OFFSET_V6 : L4_OFFSET_V4);
	struct named_flow named;

	if (flow->flags & FLOW_SYN) {
		packet->counters->tcp_id_syn++;
		packet->vip->id_new++;
		return;
	}
	named = named_flow(flow, ipv6);
	flow->real = find_tcp_server(packet->ctx, offset, &named, packet->counters, packet->vip);
}

#endif /* MAKO_TCP_OPTION_H */

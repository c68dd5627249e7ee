/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* One frame on its way through the pipeline, and the flow it belongs to. */
#ifndef MAKO_PACKET_H
#define MAKO_PACKET_H

#include <stdbool.h>

#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <bpf/bpf_helpers.h>

#include "layout.h"

/* Raw words of a packet are hashed and compared as they lie in memory; the formulas hold on little endian only. */
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "Mako runs on little-endian machines");

/* A word that others write while packets are under way: read exactly once, never again behind the compiler's back. */
#define READ_ONCE(x)	(*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v) (*(volatile typeof(x) *)&(x) = (v))

/* Offsets from the start of a frame without a VLAN tag. */
#define L3_OFFSET	sizeof(struct ethhdr)
#define L4_OFFSET_V4	(L3_OFFSET + sizeof(struct iphdr))
#define L4_OFFSET_V6	(L3_OFFSET + sizeof(struct ipv6hdr))

struct packet {
	struct xdp_md *ctx;
	void *data;				/* L3_OFFSET before the IP header: the frame, less its VLAN tag if it has one */
	void *end;
	__u32 tag;				/* bytes of VLAN tag; a constant to the compiler on each road */
	__u32 length;				/* of the frame on entry, in bytes */
	__u32 generation;			/* of the VIP tables; read once, so that all look-ups see the same */
	__u32 prefixes;				/* 1 = that generation has VIPs that are prefixes; 0 to the verifier where they are off */
	const struct mako_control *control;
	struct mako_counters *counters;		/* of this CPU */
	struct mako_vip_counters *vip;		/* of this CPU; NULL until the VIP is known */
};

#define FLOW_FROM_ICMP	0x1	/* the flow is the one embedded in an ICMP error */
#define FLOW_SYN	0x2
#define FLOW_RST	0x4

/*
 * A flow as client -> VIP, also where the packet is an ICMP error about VIP -> client. Addresses and ports are raw: as
 * they lie in the packet. Steps zero the ports as the flags of the VIP demand.
 */
struct flow {
	__u64 src[2];		/* IPv4: the first four bytes, rest 0 */
	__u64 dst[2];		/* the same; known only to functions of VIPs that are prefixes, see prefix_flow.h */
	__u32 ports;		/* source in the low half, destination in the high half */
	__u32 address;		/* id of the VIP address, 0 = the destination belongs to no VIP */
	__u32 number;		/* of the VIP */
	union mako_vip_word vip;
	__u32 real;		/* index; 0 = not decided */
	__u16 bytes;		/* length field of the packet's IP header: IPv4 with, IPv6 without that header */
	__u8 protocol;
	__u8 tos;
	__u8 flags;		/* FLOW_* */
};

/* The frame was moved or cut: pointers into it are worthless until they are read again. */
static __always_inline void reload(struct packet *packet)
{
	packet->data = (void *)(long)packet->ctx->data + packet->tag;
	packet->end = (void *)(long)packet->ctx->data_end;
}

#endif /* MAKO_PACKET_H */

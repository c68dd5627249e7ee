/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The shape of everything that the control plane and the packet path share.
 *
 * Every table is a BPF_F_MMAPABLE array where packets look into it: only those start on a page boundary, so only there a
 * 64-byte bucket is one cache line. The control plane writes them through mmap and switches with single aligned stores,
 * each of which a packet reads exactly once.
 *
 * The Java side is io.makolb.plane.MapLayout; a test compares both through the object's BTF. Whoever changes a struct
 * raises MAKO_LAYOUT_VERSION: a plane with another version is never touched (see docs/architecture.md).
 */
#ifndef MAKO_LAYOUT_H
#define MAKO_LAYOUT_H

#include <linux/types.h>

#define MAKO_MAGIC		0x6d616b6f2d6c6231ULL	/* "mako-lb1" read as a number */
#define MAKO_LAYOUT_VERSION	4

/* VIP tables are written aside and switched; a generation is reused only after a grace period. */
#define MAKO_VIP_GENERATIONS	8

/* Flags of a VIP; the numbers are Katran's, so that a mixed fleet can be compared. */
#define MAKO_VIP_NO_SPORT		0x001
#define MAKO_VIP_NO_LRU			0x002
#define MAKO_VIP_QUIC			0x004
#define MAKO_VIP_DPORT_HASH		0x008
#define MAKO_VIP_SRC_ROUTING		0x010
#define MAKO_VIP_LOCAL			0x020
#define MAKO_VIP_GLOBAL_LRU		0x040
#define MAKO_VIP_HASH_SRC_DST_PORT	0x080
#define MAKO_VIP_UDP_STABLE_ROUTING	0x100
#define MAKO_VIP_UDP_FLOW_MIGRATION	0x200
/* Not Katran's: the VIP is a prefix. A flag among the others, so that one test tells which VIPs have nothing unusual. */
#define MAKO_VIP_PREFIX			0x8000

/* What a VIP without a ring does with its packets. KEEP is the control plane's affair: it leaves the old ring in place. */
#define MAKO_ON_EMPTY_DROP	0
#define MAKO_ON_EMPTY_PASS	1

/* How packets travel to reals. */
#define MAKO_ENCAP_IPIP		0
#define MAKO_ENCAP_GUE		1

/* Which tunnels to this machine are undone. */
#define MAKO_DECAP_IPIP		0x01
#define MAKO_DECAP_GUE		0x02

/* What becomes of what was inside. Nobody configures TO_HOST: it is what holds for destinations that are not configured. */
#define MAKO_DECAP_INLINE	0
#define MAKO_DECAP_EGRESS	1
#define MAKO_DECAP_TO_HOST	2

#define MAKO_REAL_IPV6		0x01
#define MAKO_REAL_LOCAL		0x02

/* State of a number (VIP or real): who may use it. Only the control plane reads it. */
#define MAKO_STATE_FREE		0
#define MAKO_STATE_LIVE		1
#define MAKO_STATE_RETIRED	2	/* gone from the configuration, perhaps still in connection tables */

/* An address that belongs to at least one VIP, whatever the port. */
struct mako_address {
	__u64 addr[2];		/* as on the wire; IPv4 as ::ffff:a.b.c.d */
	__u32 id;		/* 1.. ; 0 = empty slot */
	__u32 reserved0;
	__u64 reserved1;
};

/*
 * Two-choice bucket: an entry stands in its second bucket only if its first one is full, so a look-up that misses in a
 * bucket with an empty slot is over after one cache line.
 */
struct mako_address_bucket {
	struct mako_address slot[2];
};

/* One VIP of an address. The key is never 0, because address ids start at 1. */
struct mako_service {
	__u64 key;		/* address id << 32 | port in network byte order, as a raw u16 << 16 | protocol */
	__u32 vip;		/* VIP number */
	__u32 reserved;
};

struct mako_service_bucket {
	struct mako_service slot[4];
};

/*
 * A VIP that is a prefix, and with port and protocol 0, a prefix that VIPs have. Key of a trie whose values are VIP numbers,
 * 0 for the prefix by itself. Bits behind the prefix are 0.
 */
#define MAKO_PREFIX_TABLE(generation, ipv6)	((generation) * 2 + (ipv6))
struct mako_prefix {
	__u32 length;		/* bits of all that follows and counts: 32 + those of the prefix */
	__u8 table;		/* MAKO_PREFIX_TABLE() */
	__u8 protocol;		/* 6 or 17 */
	__u16 port;		/* network byte order; 0 = every port */
	__u8 addr[16];		/* as on the wire; IPv4 in the first four bytes, rest 0 */
};

/*
 * What a packet needs to know of a VIP, in one aligned word that is read once: new ring and new flags become visible
 * together. ring 0 means "no ring": on_empty decides.
 */
union mako_vip_word {
	__u64 word;
	struct {
		__u32 ring;		/* index into mako_rings, 0 = none */
		__u16 flags;		/* MAKO_VIP_* */
		__u8 on_empty;		/* MAKO_ON_EMPTY_* */
		__u8 down_reals;	/* 1 = mako_down_reals has a bit of this VIP; never of a TCP VIP */
	};
};

/* A VIP by its number. Only the first word is for packets; the rest lets a new process take over without guessing. */
struct mako_vip {
	union mako_vip_word now;
	__u64 addr[2];		/* as in struct mako_address */
	__u16 port;		/* network byte order; 0 = every port */
	__u8 protocol;		/* 6 or 17 */
	__u8 prefix_length;	/* 128 for a host (IPv4: 96 + length) */
	__u8 state;		/* MAKO_STATE_* */
	__u8 hash_function;	/* ordinal of the control plane's enumeration, see MapLayout */
	__u8 on_empty;		/* ordinal of the control plane's enumeration, KEEP included */
	__u8 reserved0;
	__u64 ring_recipe;	/* digest of what the ring was built from */
	__u64 ring_digest;	/* digest of the slots themselves */
	__u64 reserved1[2];
};

/* A real by its index; index 0 means "none". */
struct mako_real {
	__u8 addr[16];		/* as on the wire; IPv4 in the first four bytes, rest 0 */
	__u32 csum;		/* sum of the raw 16-bit words of addr: what it adds to the checksums of outer headers */
	__u8 flags;		/* MAKO_REAL_* */
	__u8 state;		/* MAKO_STATE_* */
	__u16 reserved0;
	__u64 reserved1;
};

/*
 * Server ids: QUIC connection ids, TCP options and UDP headers carry one, and it says which real the packet goes to. A page
 * is one element of real indexes, the low half of the id counts within it; 0 = no real. There are only pages of which an id
 * is or was in use. Id 0 and those beyond the last mean "none".
 */
#define MAKO_SERVER_ID_PAGES	256
#define MAKO_SERVER_ID_PAGE	65536
#define MAKO_SERVER_ID_LAST	0x00fffffd

/* A destination of tunnels that are undone. Key of the table: 16 bytes as in struct mako_address. */
struct mako_decap {
	__u8 mode;		/* MAKO_DECAP_INLINE, MAKO_DECAP_EGRESS */
	__u8 reserved[3];
};

/* Who is in which VIP with which weight. For the control plane alone. */
struct mako_member {
	__u16 vip;
	__u16 real;		/* 0 = unused row */
	__u32 weight;		/* bits 0..30; bit 31 set = DISABLED */
};

/*
 * A next hop. Slot 0 is the default; frames of an interface with a gateway of its own use slot (ifindex % MAKO_GATEWAYS),
 * never 0. mac holds bytes 0..5 of the address in its low 48 bits as they lie in memory; bit 48 set = known.
 */
#define MAKO_GATEWAYS		1024
#define MAKO_GATEWAY_KNOWN	(1ULL << 48)
struct mako_gateway {
	__u64 mac;
	__u32 ifindex;
	__u32 reserved;
};

/* Switch words. generation is read once per packet. */
struct mako_control {
	__u32 generation;	/* of the VIP tables, 0..MAKO_VIP_GENERATIONS-1 */
	__u32 prefix_vips;	/* bit g = generation g has VIPs that are prefixes */
	__u64 secret;		/* keys the set hash of the connection table, so that nobody can aim at one set */
	__u32 source_routes;	/* the slot of mako_routes4 and mako_routes6 in force, 0..MAKO_ROUTE_SLOTS-1 */
	__u32 reserved0;
	__u64 reserved[5];
};

/*
 * Keys of the source routes: the network of clients, as on the wire. Their value is the index of a real, a __u32. A set of
 * routes is filled aside, in the slot that is not in force, and the switch word puts both families in force together.
 */
#define MAKO_ROUTE_SLOTS	2
struct mako_route4 {
	__u32 prefix_length;
	__u8 src[4];
};

struct mako_route6 {
	__u32 prefix_length;
	__u8 src[16];
};

/*
 * Connection table entries. The tail is one aligned word: user space purges by compare-and-set without racing packets.
 * real 0 = empty slot. A purged entry keeps a non-zero real and gets vip MAKO_TOMBSTONE, because an empty slot would hide
 * flows that stand in their second set.
 */
#define MAKO_TOMBSTONE		0xffff
union mako_flow_tail {
	__u64 word;
	struct {
		__u16 vip;
		__u16 real;
		__u32 stamp;	/* coarse time of the last packet, jiffies >> stamp_shift, never 0 by accident; 0 = expired for UDP */
	};
};

struct mako_flow4 {
	__u32 src;		/* raw */
	__u32 ports;		/* raw: source, destination as the flow key has them */
	union mako_flow_tail tail;
};

struct mako_flow6 {
	__u8 src[16];
	__u32 ports;
	__u32 reserved;
	union mako_flow_tail tail;
};

/* Flows to VIPs that are prefixes, of which the VIP does not tell the destination; and all flows of the global table. */
struct mako_flow_to {
	__u8 src[16];		/* both addresses: IPv4 in the first four bytes, rest 0 */
	__u8 dst[16];		/* 0 for a VIP of one address */
	__u32 ports;
	__u32 reserved;
	union mako_flow_tail tail;
};

struct mako_set4 {
	struct mako_flow4 way[4];
};

struct mako_set6 {
	struct mako_flow6 way[4];
};

struct mako_set_to {
	struct mako_flow_to way[4];
};

/* Keys and value of the tables that serve CPUs without one of their own. */
struct mako_fallback_key {
	__u8 src[16];
	__u32 ports;
	__u32 reserved0;
	__u16 vip;
	__u16 reserved1;
	__u32 reserved2;
};

struct mako_fallback_key_to {
	__u8 src[16];
	__u8 dst[16];
	__u32 ports;
	__u16 vip;
	__u16 reserved;
};

struct mako_fallback_value {
	__u32 real;
	__u32 stamp;
};

struct mako_count {
	__u64 packets;
	__u64 bytes;
};

/* Counters of the whole plane, one element per CPU. New counters take reserved words: the size is part of the layout. */
struct mako_counters {
	struct mako_count total;	/* frames seen, with their length on entry */
	struct mako_count tx;		/* every frame ends in exactly one of tx, drop, pass */
	struct mako_count drop;
	struct mako_count pass;
	__u64 vip_packets;		/* packets of VIPs that passed the size check */
	__u64 table_hits;		/* of them, answered by the connection table */
	__u64 selections;		/* of them, answered by the ring (or a source route) */
	__u64 miss_syn;			/* TCP SYN that came to selection */
	__u64 miss_non_syn;		/* TCP without SYN that came to selection: a flow that was lost or never known */
	__u64 miss_udp;			/* UDP that came to selection */
	__u64 new_connections;		/* entries written */
	__u64 rate_limited;		/* selections not remembered because of the new-connection limit */
	__u64 fallback_packets;		/* packets on a CPU without a table of its own */
	__u64 too_big_v4;		/* too-big replies sent */
	__u64 too_big_v6;
	__u64 too_big_suppressed;	/* not sent because of their limit */
	__u64 echo_v4;			/* pings answered for a VIP */
	__u64 echo_v6;
	__u64 frag_needed_v4;		/* path-MTU errors seen for a VIP, and how many announce less than 1280 */
	__u64 frag_needed_small_v4;
	__u64 too_big_seen_v6;
	__u64 too_big_seen_small_v6;
	__u64 encap_fail_v4;
	__u64 encap_fail_v6;
	__u64 drop_malformed;		/* truncated headers */
	__u64 drop_fragment;		/* fragments to a VIP address */
	__u64 drop_options;		/* IPv4 options to a VIP address */
	__u64 drop_too_big;
	__u64 drop_empty_ring;		/* VIP without reals */
	__u64 drop_no_real;		/* ring slot points at no real */
	__u64 drop_no_gateway;		/* the gateway's MAC is not known (yet) */
	__u64 healthcheck_processed;	/* marked packets encapsulated; health checks are not among the frames above */
	__u64 healthcheck_skipped;	/* packets of this host without a mark, or with one that has no real */
	__u64 healthcheck_dropped;	/* marked packets dropped, for one of the reasons that follow */
	__u64 healthcheck_too_big;	/* with the outer header, longer than the interface takes */
	__u64 healthcheck_wrong_family;	/* IPv6 packets whose mark has an IPv4 real */
	__u64 healthcheck_no_source;	/* no outer source address, or no tunnel device, of the real's family */
	__u64 healthcheck_encap_fail;	/* the kernel refused the outer header */
	__u64 drop_expired;		/* the inner time to live was over */
	__u64 decap_v4;			/* tunnels undone, by the family of the outer header */
	__u64 decap_v6;
	__u64 decap_destination;	/* tunnelled packets to configured destinations */
	__u64 decap_inline;		/* of the tunnels undone: what was inside went on through the pipeline */
	__u64 decap_egress;		/* ... or out again */
	__u64 udp_flow_migration;	/* UDP flows that were placed anew because their real is down */
	__u64 quic_initial;		/* QUIC Initial and 0-RTT packets: no server has named itself yet */
	__u64 quic_by_id;		/* QUIC packets sent to the real of their server id */
	__u64 quic_without_id;		/* ... without one that has a real: table or ring decide */
	__u64 quic_unknown_ids;		/* of them, those with an id */
	__u64 quic_unusable_ids;	/* dropped: the id's real cannot be sent such packets */
	__u64 quic_ids_v1;		/* server ids read, by the format of the connection id */
	__u64 quic_ids_v2;
	__u64 quic_ids_v3;
	__u64 quic_table_match;		/* of those by id, what the connection table had of the flow: the same real */
	__u64 quic_table_mismatch;	/* ... another one */
	__u64 quic_table_not_found;	/* ... nothing */
	__u64 quic_icmp;		/* ICMP errors about flows of QUIC VIPs */
	__u64 quic_icmp_unreachable;	/* of them, host, address or port unreachable */
	__u64 stable_by_id;		/* datagrams of VIPs with stable routing, sent to the real of their server id */
	__u64 stable_without_id;	/* ... without one that has a real they can be sent to */
	__u64 stable_other_packets;	/* of them, those without the header */
	__u64 stable_unknown_ids;	/* of them, those with an id that has no real */
	__u64 stable_unusable_ids;	/* of them, those with an id whose real cannot be sent such packets */
	__u64 tcp_id_syn;		/* with TCP server ids, SYNs: no server has named itself yet */
	__u64 tcp_by_id;		/* TCP segments sent to the real of their server id */
	__u64 tcp_without_id;		/* ... without one that has a real they can be sent to */
	__u64 tcp_table_mismatch;	/* of those by id, the connection table had another real */
	__u64 global_hits;		/* flows that only the global connection table knew */
	__u64 source_route_hits;	/* selections answered by a source route */
	__u64 source_route_misses;	/* selections of VIPs with SRC_ROUTING for whose client there is none */
	__u64 reserved[41];
	__u64 window_start;		/* state, not counters: jiffies at which the new-connection window opened */
	__u64 window_connections;
	__u64 too_big_window_start;
	__u64 too_big_window_replies;
	__u64 state_reserved[9];
};

/* Counters of one VIP, one element per CPU. */
struct mako_vip_counters {
	struct mako_count forwarded;	/* bytes as Katran counts them: IPv4 total length, IPv6 payload length */
	__u64 miss_syn;
	__u64 miss_non_syn;
	__u64 miss_udp;
	__u64 dropped;			/* packets of this VIP that were dropped, whatever the reason */
	__u64 id_new;			/* QUIC Initials, and with TCP server ids SYNs: connections about to get a server id */
	__u64 id_mismatches;		/* packets whose server id named another real than the connection table */
};

/* Load-time settings: .rodata.cfg. The verifier removes what they switch off. */
struct mako_settings {
	__u32 address_buckets;		/* per generation; a power of two */
	__u32 service_buckets;		/* per generation; a power of two */
	__u32 max_vips;
	__u32 max_reals;
	__u32 ring_size;		/* prime, at most 65537 */
	__u32 flow4_sets;		/* per CPU */
	__u32 flow6_sets;
	__u32 hash_seed;		/* VIP seed * ring seed, modulo 2^32 */
	__u32 hash_seed_v6;		/* VIP seed */
	__u32 hz;			/* jiffies per second */
	__u32 stamp_shift;		/* jiffies >> this = stamp unit, about 64 ms */
	__u32 udp_timeout;		/* stamp units; an older UDP entry is a miss */
	__u32 refresh_after;		/* stamp units after which a TCP hit writes its stamp again */
	__u32 max_new_connections;	/* per CPU and second */
	__u32 max_frame_size;		/* with Ethernet header */
	__u32 too_big_rate;		/* too-big replies per CPU and second; 0 = none */
	__u32 outer_v4_prefix;		/* raw; upper 16 bits of the IPIP outer source */
	__u32 outer_v6_prefix[3];	/* raw; upper 96 bits */
	__u32 outer_v4_csum;		/* sum of the raw words of an outer IPv4 header that never change, whatever the real */
	__u32 source_v4;		/* raw; address of this machine; 0 = none, so GUE cannot be sent over IPv4 */
	__u32 source_v6[4];		/* raw; all 0 = none */
	__u32 gue_v4_csum;		/* sum of the raw words of UDP and pseudo header that never change */
	__u32 gue_v6_csum;
	__u16 gue_port;			/* raw */
	__u8 encapsulation;		/* MAKO_ENCAP_* */
	__u8 per_interface_gateway;	/* 0 = every frame leaves to gateway slot 0 */
	__u8 vlan;			/* 1 = frames with one VLAN tag are balanced too */
	__u8 decap;			/* MAKO_DECAP_IPIP, MAKO_DECAP_GUE */
	__u8 decap_strict;		/* 1 = only what is addressed to source_v4, source_v6 or a configured destination */
	__u8 udp_stable_routing;	/* 1 = VIPs may ask for it */
	__u8 tcp_server_id_routing;	/* 1 = all TCP VIPs */
	__u8 source_routing;		/* 1 = MAKO_VIP_SRC_ROUTING has an effect */
	__u8 local_delivery;		/* 1 = packets of MAKO_VIP_LOCAL to MAKO_REAL_LOCAL go to the host's own network stack */
	__u8 prefix_vips;		/* 1 = VIPs may be prefixes */
	__u32 global_sets;		/* of the global connection table; 0 = there is none */
	__u32 reserved[16];
};

/* Where packets with a mark go. Key of the table: the mark, never 0. */
struct mako_hc_mark {
	__u8 addr[16];		/* as in struct mako_real */
	__u8 flags;		/* MAKO_REAL_IPV6 */
	__u8 reserved[7];
};

/* A destination whose health-check packets are counted by themselves; the value is a struct mako_count. */
struct mako_hc_key {
	__u8 addr[16];		/* as in struct mako_address */
	__u16 port;		/* network byte order; 0 = every port that has no key of its own */
	__u8 protocol;		/* 6 or 17 */
	__u8 reserved;
};

/* Load-time settings of the health-check program: its .rodata.cfg. */
struct mako_hc_settings {
	__u32 source_v4;	/* raw; outer source address, 0 = none is known */
	__u32 source_v6[4];
	__u16 gue_port;		/* network byte order; 0 = IP in IP */
	__u8 gateway;		/* 1 = packets leave to the gateway of the plane, 0 = to where the host would send them */
	__u8 per_interface_gateway;	/* as in struct mako_settings */
	__u8 tunnel;		/* 1 = the tunnel devices encapsulate; nothing above is looked at */
	__u8 reserved0[3];
	__u32 tunnel_v4;	/* interface index; 0 = there is none */
	__u32 tunnel_v6;
	__u32 reserved1[7];
};

/* Who wrote this plane, and how far it is. For the control plane alone. */
struct mako_plane_meta {
	__u64 magic;
	__u32 layout_version;
	__u32 reserved0;
	__u8 store_id[16];
	__u64 applied_revision;
	__u8 settings_digest[32];	/* SHA-256 of struct mako_settings and the object it was loaded with */
	__u64 created_at;		/* CLOCK_REALTIME seconds: counters run since then */
	__u8 healthcheck_digest[32];	/* the same of the health-check program: struct mako_hc_settings and its object */
	__u64 reserved1[2];
};

#define MAKO_SIZE(type, size) _Static_assert(sizeof(type) == (size), #type " is part of the layout")
MAKO_SIZE(struct mako_address_bucket, 64);
MAKO_SIZE(struct mako_service_bucket, 64);
MAKO_SIZE(struct mako_prefix, 24);
MAKO_SIZE(struct mako_vip, 64);
MAKO_SIZE(struct mako_real, 32);
MAKO_SIZE(struct mako_member, 8);
MAKO_SIZE(struct mako_decap, 4);
MAKO_SIZE(struct mako_gateway, 16);
MAKO_SIZE(struct mako_control, 64);
MAKO_SIZE(struct mako_route4, 8);
MAKO_SIZE(struct mako_route6, 20);
MAKO_SIZE(struct mako_set4, 64);
MAKO_SIZE(struct mako_set6, 128);
MAKO_SIZE(struct mako_set_to, 192);
MAKO_SIZE(struct mako_fallback_key, 32);
MAKO_SIZE(struct mako_fallback_key_to, 40);
MAKO_SIZE(struct mako_counters, 1024);
MAKO_SIZE(struct mako_vip_counters, 64);
MAKO_SIZE(struct mako_settings, 192);
MAKO_SIZE(struct mako_hc_mark, 24);
MAKO_SIZE(struct mako_hc_key, 20);
MAKO_SIZE(struct mako_hc_settings, 64);
MAKO_SIZE(struct mako_plane_meta, 128);

#endif /* MAKO_LAYOUT_H */

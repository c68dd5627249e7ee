// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What ./bench needs besides the balancer: a driver and the floors to compare with.
 *
 * BPF_PROG_TEST_RUN does not rewind the frame between repeats: from the second one on a program that encapsulates would
 * see its own output. The driver restores length and head of the frame, walks over flows if told so, and tail-calls the
 * program under test. The floors are programs that do nothing but return, or nothing but make room for an outer header
 * and write it: no forwarding plane can be faster.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* How much of the frame is restored: covers every header that the balancer writes or moves. */
#define HEAD_WORDS	8
#define HEAD_BYTES	(HEAD_WORDS * sizeof(__u64))

/* A client address has this many ports in use; the next flow comes from the next address. */
#define PORTS_PER_CLIENT	32768
#define FIRST_PORT		1024

/* The frame to present, and the walk over flows. Written by user space before a run; only next changes. */
struct bench_frame {
	__u32 length;		/* bytes */
	__u32 source_offset;	/* of the low 32 bits of the source address */
	__u32 port_offset;	/* of the source port */
	__u32 flows;		/* 0 = the frame as it is */
	__u32 stride;		/* from one flow to the next, coprime to flows: 1 = in order, large = scattered */
	__u32 next;		/* flow of the next frame */
	__u32 first_client;	/* source address of flow 0, host order */
	__u32 reserved;
	__u64 head[HEAD_WORDS];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct bench_frame);
} bench_frame SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} bench_program SEC(".maps");

static __always_inline void walk(struct bench_frame *frame, void *data, void *end)
{
	__u32 flow = frame->next, next = flow + frame->stride;
	/* Bounded for the verifier, which tracks packet offsets up to 64 KiB. */
	__be32 *source = data + (frame->source_offset & 0xff);
	__be16 *port = data + (frame->port_offset & 0xff);

	frame->next = next >= frame->flows ? next - frame->flows : next;
	if ((void *)(source + 1) > end || (void *)(port + 1) > end)
		return;
	*source = bpf_htonl(frame->first_client + flow / PORTS_PER_CLIENT);
	*port = bpf_htons(FIRST_PORT + flow % PORTS_PER_CLIENT);
}

SEC("xdp")
int bench_drive(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	__u32 zero = 0;
	struct bench_frame *frame = bpf_map_lookup_elem(&bench_frame, &zero);
	__u64 *head;
	long grown;

	if (!frame)
		return XDP_ABORTED;
	/* In 64 bits: the verifier lets nobody do sums with half a pointer. */
	grown = end - data - (long)frame->length;
	if (grown && bpf_xdp_adjust_head(ctx, grown))
		return XDP_ABORTED;
	head = (void *)(long)ctx->data;
	end = (void *)(long)ctx->data_end;
	if ((void *)head + HEAD_BYTES > end)
		return XDP_ABORTED;
#pragma clang loop unroll(full)
	for (int i = 0; i < HEAD_WORDS; i++)
		head[i] = frame->head[i];
	if (frame->flows)
		walk(frame, head, end);
	bpf_tail_call(ctx, &bench_program, 0);
	return XDP_ABORTED;
}

SEC("xdp")
int floor_tx(struct xdp_md *ctx)
{
	return XDP_TX;
}

/* Room for an outer header of so many bytes, and Ethernet and outer header written: 62 bytes at most are within reach. */
static __always_inline int encap(struct xdp_md *ctx, int outer)
{
	unsigned int words = (outer + ETH_HLEN) / sizeof(__u64);
	__u64 *head;

	if (bpf_xdp_adjust_head(ctx, -outer))
		return XDP_DROP;
	head = (void *)(long)ctx->data;
	if ((void *)(head + words) > (void *)(long)ctx->data_end)
		return XDP_DROP;
#pragma clang loop unroll(full)
	for (unsigned int i = 0; i < words; i++)
		head[i] = 0x0101010101010101ULL * i;
	return XDP_TX;
}

SEC("xdp")
int floor_encap20(struct xdp_md *ctx)
{
	return encap(ctx, sizeof(struct iphdr));
}

SEC("xdp")
int floor_encap40(struct xdp_md *ctx)
{
	return encap(ctx, sizeof(struct ipv6hdr));
}

SEC("xdp")
int floor_encap28(struct xdp_md *ctx)
{
	return encap(ctx, sizeof(struct iphdr) + sizeof(struct udphdr));
}

SEC("xdp")
int floor_encap48(struct xdp_md *ctx)
{
	return encap(ctx, sizeof(struct ipv6hdr) + sizeof(struct udphdr));
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

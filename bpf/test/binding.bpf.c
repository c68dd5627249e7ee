// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * binding - one of everything the Java binding has to handle
 *
 * Each frame is counted, copied from word to word of a mapped array, looked for in
 * a hash and in an inner map, reported through a ring buffer, and answered with the
 * verdict set before loading.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* Constants, filled in by the tests as 12 little-endian bytes. */
struct config {
	__u32 verdict;
	__u32 report_events;
	__u32 use_optional;
};

const volatile struct config cfg SEC(".rodata.cfg") = { .verdict = XDP_PASS };

/* The words of the mapped array that the program reads and writes. */
enum {
	WORD_FROM_USER,
	WORD_TO_USER,
	WORD_FROM_HASH,
	WORD_FROM_INNER,
	WORDS = 1024,
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, WORDS);
	__type(key, __u32);
	__type(value, __u64);
} words SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, __u64);
} by_length SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	/* Not a multiple of eight: slots of user space are rounded up. */
	__uint(value_size, 12);
} frames SEC(".maps");

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u64));
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 4);
	__type(key, __u32);
	__array(values, struct inner);
} outer SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} programs SEC(".maps");

/* Only reached when cfg.use_optional is set, so it need not exist otherwise. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} optional SEC(".maps");

static __always_inline __u64 *word(__u32 index)
{
	return bpf_map_lookup_elem(&words, &index);
}

SEC("xdp")
int observe(struct xdp_md *ctx)
{
	__u32 zero = 0, length = ctx->data_end - ctx->data;
	__u64 *from = word(WORD_FROM_USER), *to = word(WORD_TO_USER);
	__u64 *from_hash = word(WORD_FROM_HASH), *from_inner = word(WORD_FROM_INNER);
	__u32 *count = bpf_map_lookup_elem(&frames, &zero);
	__u64 *value;
	void *inner;

	if (!from || !to || !from_hash || !from_inner || !count)
		return XDP_ABORTED;
	(*count)++;
	*to = *from;
	value = bpf_map_lookup_elem(&by_length, &length);
	*from_hash = value ? *value : 0;
	inner = bpf_map_lookup_elem(&outer, &zero);
	value = inner ? bpf_map_lookup_elem(inner, &zero) : 0;
	*from_inner = value ? *value : 0;
	if (cfg.report_events)
		bpf_ringbuf_output(&events, &length, sizeof(length), 0);
	if (cfg.use_optional)
		bpf_map_update_elem(&optional, &length, from, BPF_ANY);
	return cfg.verdict;
}

SEC("xdp")
int shorten(struct xdp_md *ctx)
{
	/* Four bytes fewer at the front, sixteen more at the back. */
	if (bpf_xdp_adjust_head(ctx, 4) || bpf_xdp_adjust_tail(ctx, 16))
		return XDP_ABORTED;
	return XDP_TX;
}

SEC("xdp")
int receive_queue(struct xdp_md *ctx)
{
	return ctx->rx_queue_index;
}

SEC("xdp")
int jump(struct xdp_md *ctx)
{
	bpf_tail_call(ctx, &programs, 1);
	return XDP_DROP;
}

/* For entries of device maps: no interface takes it. */
SEC("xdp/devmap")
int redirected(struct xdp_md *ctx)
{
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * rejected - reads a frame without looking whether it is that long
 *
 * The verifier refuses it; the tests want to hear why.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int overrun(struct xdp_md *ctx)
{
	__u8 *data = (void *)(long)ctx->data;

	return data[20] ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

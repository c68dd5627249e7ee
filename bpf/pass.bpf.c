// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * pass - an XDP program that lets every frame through
 *
 * veth delivers frames that its peer sends with XDP_TX only while the receiving
 * side has an XDP program of its own; without one they wait in the ring until
 * other traffic wakes it. The lab attaches this program where a balancer's cable
 * ends. On a real network card it answers, at no risk, whether the driver can run
 * XDP natively with the MTU and the queues the card has now.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int pass(struct xdp_md *ctx)
{
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

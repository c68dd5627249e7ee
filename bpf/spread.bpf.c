// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * spread - makes a veth behave like a network card with several receive queues
 *
 * A network card hashes every flow to one queue, hence to one CPU. veth delivers on
 * whatever CPU the sender runs, so that one flow shows up on all of them, and what a
 * forwarding program remembers per CPU is missed at random. Attached to the egress of
 * the router's port towards the balancer, this program picks the queue by the client's
 * port. Only the lab uses it.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* As many as src/lab/spread.sh gives the cable, and a CPU each */
#define QUEUES 2

SEC("tc")
int spread(struct __sk_buff *skb)
{
	__u32 l4 = ETH_HLEN;
	__be16 port;

	if (skb->protocol == bpf_htons(ETH_P_IP))
		l4 += sizeof(struct iphdr);
	else if (skb->protocol == bpf_htons(ETH_P_IPV6))
		l4 += sizeof(struct ipv6hdr);
	else
		return TC_ACT_OK;
	if (bpf_skb_load_bytes(skb, l4, &port, sizeof(port)))
		return TC_ACT_OK;
	/*
	 * Linux hands out even ports first, so the lowest bit does not spread. The queue
	 * is written plus one: zero means "not chosen".
	 */
	skb->queue_mapping = 1 + (bpf_ntohs(port) >> 1) % QUEUES;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

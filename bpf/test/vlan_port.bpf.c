// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * vlan_port - makes a router's port speak in VLANs
 *
 * A VLAN device would do the same, but the kernels that the tests run on need not have them (CONFIG_VLAN_8021Q). What
 * leaves is put into the VLAN that has the number of the last byte of its destination; below FIRST_VLAN there is no tag.
 * What comes in is taken out of its VLAN, so the router routes it like everything else.
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/pkt_cls.h>
#include <stddef.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define FIRST_VLAN 16

/* The last byte of the destination address, 0 where there is none. */
static __always_inline __u8 last_byte(struct __sk_buff *skb)
{
	__u32 offset = ETH_HLEN;
	__u8 last = 0;

	if (skb->protocol == bpf_htons(ETH_P_IP))
		offset += offsetof(struct iphdr, daddr) + sizeof(__be32) - 1;
	else if (skb->protocol == bpf_htons(ETH_P_IPV6))
		offset += offsetof(struct ipv6hdr, daddr) + sizeof(struct in6_addr) - 1;
	else
		return 0;
	return bpf_skb_load_bytes(skb, offset, &last, sizeof(last)) ? 0 : last;
}

SEC("tc/out")
int vlan_out(struct __sk_buff *skb)
{
	__u16 vlan = last_byte(skb);

	if (vlan >= FIRST_VLAN && bpf_skb_vlan_push(skb, bpf_htons(ETH_P_8021Q), vlan))
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

SEC("tc/in")
int vlan_in(struct __sk_buff *skb)
{
	if (skb->vlan_present && bpf_skb_vlan_pop(skb))
		return TC_ACT_SHOT;
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

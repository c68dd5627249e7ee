// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * egress - classifiers for the tests: they let every packet pass
 *
 * note writes down what it sees of a packet, the tunnel's key included; idle does nothing.
 */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

/* Read by the tests word for word. */
struct note {
	__u32 packets;
	__u32 mark;
	__u32 ttl;
	__u32 to_v4;		/* as a number */
	__u8 to_v6[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct note);
} notes SEC(".maps");

SEC("tc")
int note(struct __sk_buff *skb)
{
	struct bpf_tunnel_key key = {};
	__u32 zero = 0;
	struct note *note = bpf_map_lookup_elem(&notes, &zero);

	if (!note)
		return TC_ACT_UNSPEC;
	note->packets++;
	note->mark = skb->mark;
	/* Before the device has used the key, what it calls local is where the packet is to go. */
	if (!bpf_skb_get_tunnel_key(skb, &key, sizeof(key), 0)) {
		note->ttl = key.tunnel_ttl;
		note->to_v4 = key.local_ipv4;
	} else if (!bpf_skb_get_tunnel_key(skb, &key, sizeof(key), BPF_F_TUNINFO_IPV6)) {
		note->ttl = key.tunnel_ttl;
		__builtin_memcpy(note->to_v6, key.local_ipv6, sizeof(note->to_v6));
	}
	return TC_ACT_UNSPEC;
}

SEC("tc")
int idle(struct __sk_buff *skb)
{
	return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";

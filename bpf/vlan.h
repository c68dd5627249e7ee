/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * One VLAN tag (IEEE 802.1Q) between the Ethernet addresses and the EtherType: kept as it is on all that leaves.
 *
 * The tag moves everything behind it, so a tagged frame is looked at as if it began four bytes later. Only who touches the
 * Ethernet header has to know.
 */
#ifndef MAKO_VLAN_H
#define MAKO_VLAN_H

#include <linux/if_ether.h>

#include "packet.h"

/* Priority, drop eligibility and number; the EtherType of what is inside stands behind it. */
struct vlan_tag {
	__be16 protocol;	/* ETH_P_8021Q */
	__be16 control;
};
_Static_assert(sizeof(struct vlan_tag) == 4, "IEEE 802.1Q");

#define MACS_LENGTH	(2 * ETH_ALEN)

/* Where the frame really starts: with its addresses. */
static __always_inline void *frame_start(const struct packet *packet)
{
	return packet->data - packet->tag;
}

/* The tag of an old Ethernet header, if it has one, into a new one of the same length. Both are known to be there. */
static __always_inline void keep_tag(const struct packet *packet, void *new_frame, const void *old_frame)
{
	if (packet->tag)
		*(struct vlan_tag *)(new_frame + MACS_LENGTH) = *(const struct vlan_tag *)(old_frame + MACS_LENGTH);
}

/* From here on the frame is looked at from behind its tag. */
static __always_inline void step_over_tag(struct packet *packet)
{
	packet->tag = sizeof(struct vlan_tag);
	packet->data += sizeof(struct vlan_tag);
}

#endif /* MAKO_VLAN_H */

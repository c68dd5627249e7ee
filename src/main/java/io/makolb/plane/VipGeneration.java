package io.makolb.plane;

import io.makolb.model.VipId;

/**
 * One generation of everything through which packets find their VIP.
 *
 * @param hosts of VIPs that are one address
 * @param prefixes what it held of the others when it was read
 */
record VipGeneration(VipTable hosts, PrefixTable.Content prefixes) {

    /** The number of the VIP with exactly this identity, or {@link VipTable#NO_VIP}. */
    int find(VipId id) {
        return id.isHost() ? hosts.find(id) : prefixes.find(id);
    }
}

package io.makolb.web.vip;

import io.makolb.balancer.HostAddresses;
import io.makolb.balancer.Snapshot;
import io.makolb.model.VipId;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What has become of VIPs, and what the machine has against them. */
@Component
class VipStatuses {

    private final HostAddresses own;

    VipStatuses(ObjectProvider<HostAddresses> own) {
        this.own = own.getIfAvailable(() -> Set::of);
    }

    VipStatusBody of(Snapshot snapshot, VipId id) {
        return VipStatusBody.of(snapshot, id, warnings(id));
    }

    private List<String> warnings(VipId id) {
        return id.isHost() && own.now().contains(id.address())
                ? List.of(
                        id.address() + " is also an address of this machine: what the machine itself sends to the VIP,"
                                + " health checks among it, never leaves it, and it answers ARP for the address. Take it off the"
                                + " interface: ip address del " + id.address() + "/"
                                + id.address().bits()
                                + " dev <interface>.")
                : List.of();
    }
}

package io.makolb.web.vip;

import io.makolb.balancer.HostAddresses;
import io.makolb.balancer.Snapshot;
import io.makolb.balancer.SwitchedOff;
import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What has become of VIPs, and what the machine has against them. */
@Component
class VipStatuses {

    private final HostAddresses own;
    private final SwitchedOff switchedOff;

    VipStatuses(ObjectProvider<HostAddresses> own, SwitchedOff switchedOff) {
        this.own = own.getIfAvailable(() -> Set::of);
        this.switchedOff = switchedOff;
    }

    VipStatusBody of(Snapshot snapshot, VipId id) {
        List<String> warnings = new ArrayList<>(ofAddress(id));
        switchedOff
                .objection(snapshot.configuration(), id)
                .ifPresent(objection -> warnings.add(objection.detail() + " " + objection.remedy()));
        return VipStatusBody.of(snapshot, id, warnings);
    }

    private List<String> ofAddress(VipId id) {
        if (!id.isHost()) {
            return own.now().stream()
                    .filter(id.prefix()::contains)
                    .sorted()
                    .map(VipStatuses::within)
                    .toList();
        }
        return own.now().contains(id.address())
                ? List.of(
                        id.address() + " is also an address of this machine: what the machine itself sends to the VIP,"
                                + " health checks among it, never leaves it, and it answers ARP for the address. Take it off the"
                                + " interface: ip address del " + id.address() + "/"
                                + id.address().bits()
                                + " dev <interface>.")
                : List.of();
    }

    private static String within(Address address) {
        return address
                + ", which the prefix covers, is also an address of this machine: what others send it there is forwarded"
                + " to the reals, answers to the machine's own connections included where the VIP has every port. Make a VIP of"
                + " a prefix without it.";
    }
}

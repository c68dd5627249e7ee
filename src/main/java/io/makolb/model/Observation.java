package io.makolb.model;

import java.util.Optional;
import java.util.Set;

/** Something the machine told us. Observations steer what packets obey, but are never part of the configuration. */
public sealed interface Observation {

    /** Observations with the same key replace each other: only the latest counts. */
    String key();

    /**
     * The next hop of an interface.
     *
     * @param mac absent: not resolved (any more)
     */
    record GatewayMac(String interfaceName, Optional<MacAddress> mac) implements Observation {
        @Override
        public String key() {
            return "gateway/" + interfaceName;
        }
    }

    /**
     * An interface of the machine.
     *
     * @param index the kernel's interface index; 0 = there is no such interface now
     * @param up whether it has carrier and is administratively up
     */
    record LinkState(String interfaceName, int index, boolean up) implements Observation {
        @Override
        public String key() {
            return "link/" + interfaceName;
        }
    }

    /** Retired numbers whose connections are purged and whose counters are zero: they can be given to new owners. */
    record Reclaimed(Set<Integer> vipNumbers, Set<Integer> realIndexes) implements Observation {
        @Override
        public String key() {
            return "reclaimed/" + vipNumbers + realIndexes;
        }
    }
}

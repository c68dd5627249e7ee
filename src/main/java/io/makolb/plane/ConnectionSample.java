package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.util.Map;

/**
 * How many connections the tables remember, at one moment. A connection that has ended is among them until another takes its
 * place, and one whose packets come in on several CPUs is remembered by each.
 *
 * @param nanos monotonic time of the scan, {@link System#nanoTime()}
 * @param vips by VIP and real; what has none is left out
 */
public record ConnectionSample(long nanos, Map<VipId, Map<Address, Long>> vips) {

    public ConnectionSample {
        vips = Map.copyOf(vips);
    }

    /** All of them. */
    public long total() {
        return vips.values().stream()
                .flatMap(reals -> reals.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Connections of a VIP to a real. */
    public long of(VipId vip, Address real) {
        return vips.getOrDefault(vip, Map.of()).getOrDefault(real, 0L);
    }

    /** Connections to a real, whatever VIP they are of. */
    public long of(Address real) {
        return vips.values().stream()
                .mapToLong(reals -> reals.getOrDefault(real, 0L))
                .sum();
    }
}

package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Set;

/** Removes connections to numbers that are to be used again. */
final class ConnectionPurge {

    private final KernelTables tables;
    private final GracePeriod grace;
    private final BitSet vips = new BitSet();
    private final BitSet reals = new BitSet();

    ConnectionPurge(KernelTables tables, GracePeriod grace, Set<Integer> vipNumbers, Set<Integer> realIndexes) {
        this.tables = tables;
        this.grace = grace;
        vipNumbers.forEach(vips::set);
        realIndexes.forEach(reals::set);
    }

    /**
     * Removes them and zeroes the counters of the numbers. A packet that began before the numbers were retired may still
     * remember its connection, so there is a grace period before the scan; one that found its connection just before it was
     * purged may still write its time stamp, which changes nothing, or overwrite the entry, which the second scan finds.
     */
    void run() {
        grace.await();
        scan();
        grace.await();
        scan();
        zero(PlaneMaps.VIP_STATS, vips);
        zero(PlaneMaps.REAL_STATS, reals);
    }

    private void scan() {
        new FlowTables(tables.maps()).each(entry -> {
            boolean gone = false;
            while (!gone && isPurged(entry)) {
                gone = entry.purge(tables.writes());
            }
        });
    }

    private boolean isPurged(FlowEntry entry) {
        return vips.get(entry.vip()) || reals.get(entry.real());
    }

    private void zero(String name, BitSet numbers) {
        BpfMap map = tables.maps().map(name);
        ByteBuffer zeros = ByteBuffer.allocateDirect(map.valueBytes()).order(ByteOrder.nativeOrder());
        numbers.stream().forEach(number -> tables.writes().update(map, number, zeros));
    }
}

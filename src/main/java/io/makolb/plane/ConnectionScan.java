package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.plane.MapLayout.Fallback;
import io.makolb.plane.MapLayout.Flow;
import java.util.HashMap;
import java.util.Map;

/** Counts the connections that the tables remember. Takes as long as reading all their memory. */
final class ConnectionScan {

    private final KernelTables tables;
    private final int maxReals;
    private final int[][] counts;

    ConnectionScan(KernelTables tables) {
        this.tables = tables;
        this.maxReals = tables.limits().maxReals();
        this.counts = new int[tables.limits().maxVips()][];
    }

    /**
     * Counts.
     *
     * @param image who owns which number; what nobody in force owns is left out
     */
    ConnectionSample run(PlaneImage image) {
        long nanos = System.nanoTime();
        for (Map.Entry<String, BpfMap> flows : tables.maps().flows().entrySet()) {
            boolean v4 = flows.getKey().startsWith(PlaneMaps.FLOW4);
            // Mapped only while it is scanned: hundreds of megabytes would count as the process's own.
            try (BpfMapMemory memory = flows.getValue().memory()) {
                scan(memory, v4 ? Flow.V4_TAIL : Flow.V6_TAIL, v4 ? Flow.V4_SIZE : Flow.V6_SIZE);
            }
        }
        scanFallback();
        Map<VipId, Map<Address, Long>> vips = new HashMap<>();
        image.vips().forEach((id, vip) -> {
            int[] ofVip = counts[vip.number()];
            if (ofVip != null) {
                Map<Address, Long> reals = new HashMap<>();
                image.reals().forEach((address, real) -> put(reals, address, ofVip[real.index()]));
                image.retiredReals().forEach((address, index) -> put(reals, address, ofVip[index]));
                vips.put(id, reals);
            }
        });
        return new ConnectionSample(nanos, vips);
    }

    private static void put(Map<Address, Long> reals, Address address, int count) {
        if (count != 0) {
            reals.put(address, (long) count);
        }
    }

    private void scan(BpfMapMemory memory, int tail, int size) {
        for (long at = tail; at < memory.size(); at += size) {
            long word = memory.getLongAcquire(at);
            count((int) word & 0xffff, (int) word >>> 16);
        }
    }

    private void scanFallback() {
        BpfMapReader reader = tables.maps().map(PlaneMaps.FALLBACK).reader(Fallback.ENTRIES);
        for (int read = reader.next(); read > 0; read = reader.next()) {
            for (int i = 0; i < read; i++) {
                count(
                        Short.toUnsignedInt(reader.keys().getShort(i * Fallback.KEY_SIZE + Fallback.KEY_VIP)),
                        reader.values().getInt(i * Fallback.VALUE_SIZE + Fallback.VALUE_REAL));
            }
        }
    }

    /** Real 0 is an empty place; the tombstone of a purged connection is no VIP number. */
    private void count(int vip, int real) {
        if (real > 0 && real < maxReals && vip < counts.length) {
            int[] ofVip = counts[vip];
            if (ofVip == null) {
                ofVip = new int[maxReals];
                counts[vip] = ofVip;
            }
            ofVip[real]++;
        }
    }
}

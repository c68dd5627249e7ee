package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.plane.MapLayout.Fallback;
import io.makolb.plane.MapLayout.Flow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;

/** Removes connections to numbers that are to be used again. */
final class ConnectionPurge {

    /** Elements of the fallback table read at a time: all of them. */
    private static final int CHUNK = Fallback.ENTRIES;

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
        for (Map.Entry<String, BpfMap> flows : tables.maps().flows().entrySet()) {
            boolean v4 = flows.getKey().startsWith(PlaneMaps.FLOW4);
            // Mapped only while it is scanned: hundreds of megabytes would count as the process's own.
            try (BpfMapMemory memory = flows.getValue().memory()) {
                scan(memory, v4 ? Flow.V4_TAIL : Flow.V6_TAIL, v4 ? Flow.V4_SIZE : Flow.V6_SIZE);
            }
        }
        scanFallback();
    }

    private void scan(BpfMapMemory memory, int tail, int size) {
        for (long at = tail; at < memory.size(); at += size) {
            long word = memory.getLongAcquire(at);
            while (isPurged(word) && !tables.writes().compareAndSet(memory, at, word, tombstone(word))) {
                word = memory.getLongAcquire(at);
            }
        }
    }

    private boolean isPurged(long word) {
        int vip = (int) word & 0xffff;
        int real = (int) word >>> 16;
        return real != 0 && vip != MapLayout.TOMBSTONE && (vips.get(vip) || reals.get(real));
    }

    /** Keeps the real, so that the entry does not count as empty: that would hide connections in their second set. */
    private static long tombstone(long word) {
        return (word & 0xffff0000L) | MapLayout.TOMBSTONE;
    }

    private void scanFallback() {
        BpfMap map = tables.maps().map(PlaneMaps.FALLBACK);
        BpfMapReader reader = map.reader(CHUNK);
        for (int read = reader.next(); read > 0; read = reader.next()) {
            for (int i = 0; i < read; i++) {
                int vip = Short.toUnsignedInt(reader.keys().getShort(i * Fallback.KEY_SIZE + Fallback.KEY_VIP));
                int real = reader.values().getInt(i * Fallback.VALUE_SIZE + Fallback.VALUE_REAL);
                if (vips.get(vip) || (real > 0 && reals.get(real))) {
                    tables.writes().delete(map, reader.keys().slice(i * Fallback.KEY_SIZE, Fallback.KEY_SIZE));
                }
            }
        }
    }

    private void zero(String name, BitSet numbers) {
        BpfMap map = tables.maps().map(name);
        ByteBuffer zeros = ByteBuffer.allocateDirect(map.valueBytes()).order(ByteOrder.nativeOrder());
        numbers.stream().forEach(number -> tables.writes().update(map, number, zeros));
    }
}

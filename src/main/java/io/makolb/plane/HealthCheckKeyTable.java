package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import io.makolb.plane.CounterSample.RealCounters;
import io.makolb.plane.MapLayout.Count;
import io.makolb.plane.MapLayout.HealthCheckKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;

/** Destinations whose health checks are counted by themselves, with their counters. A new one begins at 0. */
final class HealthCheckKeyTable {

    private final BpfMap map;
    private final BpfMapReader reader;
    private final KernelWrites writes;

    HealthCheckKeyTable(BpfMap map, KernelWrites writes) {
        this.map = map;
        this.reader = map.reader(map.info().maxEntries());
        this.writes = writes;
    }

    /** All destinations with their counters, summed over CPUs. */
    synchronized NavigableMap<VipId, RealCounters> read() {
        NavigableMap<VipId, RealCounters> keys = new TreeMap<>();
        reader.rewind();
        for (int read = reader.next(); read > 0; read = reader.next()) {
            for (int i = 0; i < read; i++) {
                keys.put(id(reader.keys(), i * HealthCheckKey.SIZE), sum(reader.values(), i * map.valueBytes()));
            }
        }
        return keys;
    }

    /** Makes this the set of destinations. Counters of those that stay go on. */
    void write(NavigableSet<VipId> wanted) {
        NavigableSet<VipId> present = read().navigableKeySet();
        for (VipId id : present) {
            if (!wanted.contains(id)) {
                writes.delete(map, key(id));
            }
        }
        for (VipId id : wanted) {
            if (!present.contains(id)) {
                writes.update(map, key(id), ByteBuffer.allocate(map.valueBytes()));
            }
        }
    }

    private RealCounters sum(ByteBuffer values, int begin) {
        long packets = 0;
        long bytes = 0;
        for (int at = begin; at < begin + map.valueBytes(); at += Count.SIZE) {
            packets += values.getLong(at + Count.PACKETS);
            bytes += values.getLong(at + Count.BYTES);
        }
        return new RealCounters(packets, bytes);
    }

    private static VipId id(ByteBuffer keys, int at) {
        WireAddress wire = new WireAddress(
                keys.getLong(at + HealthCheckKey.ADDR), keys.getLong(at + HealthCheckKey.ADDR + Long.BYTES));
        int port = Short.toUnsignedInt(Short.reverseBytes(keys.getShort(at + HealthCheckKey.PORT)));
        boolean tcp = keys.get(at + HealthCheckKey.PROTOCOL) == Protocol.TCP.number();
        return VipId.host(wire.toVip(), port, tcp ? Protocol.TCP : Protocol.UDP);
    }

    private static ByteBuffer key(VipId id) {
        WireAddress wire = WireAddress.ofVip(id.address());
        return ByteBuffer.allocate(HealthCheckKey.SIZE)
                .order(ByteOrder.nativeOrder())
                .putLong(HealthCheckKey.ADDR, wire.first())
                .putLong(HealthCheckKey.ADDR + Long.BYTES, wire.second())
                .putShort(HealthCheckKey.PORT, Short.reverseBytes((short) id.port()))
                .put(HealthCheckKey.PROTOCOL, (byte) id.protocol().number());
    }
}

package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.model.Address;
import io.makolb.model.HealthMark;
import io.makolb.plane.MapLayout.HealthCheckMark;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Where packets with a mark go. */
final class MarkTable {

    private final BpfMap map;
    private final KernelWrites writes;

    MarkTable(BpfMap map, KernelWrites writes) {
        this.map = map;
        this.writes = writes;
    }

    NavigableMap<HealthMark, Address> read() {
        NavigableMap<HealthMark, Address> marks = new TreeMap<>();
        BpfMapReader reader = map.reader(map.info().maxEntries());
        for (int read = reader.next(); read > 0; read = reader.next()) {
            for (int i = 0; i < read; i++) {
                long mark = Integer.toUnsignedLong(reader.keys().getInt(i * Integer.BYTES));
                if (mark != 0) {
                    marks.put(new HealthMark(mark), real(reader.values(), i * HealthCheckMark.SIZE));
                }
            }
        }
        return marks;
    }

    /** Makes this the content. What already is as it shall be is left alone. */
    void write(NavigableMap<HealthMark, Address> wanted) {
        NavigableMap<HealthMark, Address> present = read();
        for (HealthMark mark : present.keySet()) {
            if (!wanted.containsKey(mark)) {
                writes.delete(map, key(mark));
            }
        }
        for (Map.Entry<HealthMark, Address> entry : wanted.entrySet()) {
            if (!entry.getValue().equals(present.get(entry.getKey()))) {
                writes.update(map, key(entry.getKey()), value(entry.getValue()));
            }
        }
    }

    private static Address real(ByteBuffer values, int at) {
        boolean ipv6 = (values.get(at + HealthCheckMark.FLAGS) & MapLayout.REAL_IPV6) != 0;
        return new WireAddress(
                        values.getLong(at + HealthCheckMark.ADDR),
                        values.getLong(at + HealthCheckMark.ADDR + Long.BYTES))
                .toReal(ipv6);
    }

    private static ByteBuffer key(HealthMark mark) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(0, (int) mark.number());
    }

    private static ByteBuffer value(Address real) {
        WireAddress wire = WireAddress.ofReal(real);
        return ByteBuffer.allocate(HealthCheckMark.SIZE)
                .order(ByteOrder.nativeOrder())
                .putLong(HealthCheckMark.ADDR, wire.first())
                .putLong(HealthCheckMark.ADDR + Long.BYTES, wire.second())
                .put(HealthCheckMark.FLAGS, real.ipv6() ? MapLayout.REAL_IPV6 : 0);
    }
}

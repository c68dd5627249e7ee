package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.model.Address;
import io.makolb.model.DecapDestination;
import io.makolb.model.DecapMode;
import io.makolb.plane.MapLayout.DecapRow;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Addresses at which tunnels end. Modes stand there as {@code MAKO_DECAP_...}, which are the ordinals of {@link DecapMode}. */
final class DecapTable {

    private static final DecapMode[] MODES = DecapMode.values();
    private static final int CHUNK = 64;

    private final BpfMap map;
    private final KernelWrites writes;

    DecapTable(BpfMap map, KernelWrites writes) {
        this.map = map;
        this.writes = writes;
    }

    void put(Address address, DecapDestination destination) {
        if (destination.equals(read().get(address))) {
            return;
        }
        ByteBuffer value = buffer(DecapRow.SIZE);
        value.put(DecapRow.MODE, (byte) destination.mode().ordinal());
        writes.update(map, key(address), value);
    }

    void remove(Address address) {
        if (read().containsKey(address)) {
            writes.delete(map, key(address));
        }
    }

    /** All of them. A mode that nobody writes counts as the default. */
    NavigableMap<Address, DecapDestination> read() {
        NavigableMap<Address, DecapDestination> found = new TreeMap<>();
        BpfMapReader reader = map.reader(CHUNK);
        for (int count = reader.next(); count > 0; count = reader.next()) {
            for (int i = 0; i < count; i++) {
                int key = i * DecapRow.KEY_SIZE;
                Address address = new WireAddress(
                                reader.keys().getLong(key), reader.keys().getLong(key + Long.BYTES))
                        .toVip();
                int mode = reader.values().get(i * DecapRow.SIZE + DecapRow.MODE);
                found.put(address, mode < MODES.length ? new DecapDestination(MODES[mode]) : DecapDestination.DEFAULT);
            }
        }
        return found;
    }

    private static ByteBuffer key(Address address) {
        WireAddress wire = WireAddress.ofVip(address);
        return buffer(DecapRow.KEY_SIZE)
                .putLong(wire.first())
                .putLong(wire.second())
                .flip();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
}

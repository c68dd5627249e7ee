package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.model.Address;
import io.makolb.plane.MapLayout.Fallback;

/** An entry of a connection table, as a walk through it comes by: one object shows all of them, one after the other. */
abstract class FlowEntry {

    private final Connection.Table table;
    private final int cpu;

    private FlowEntry(Connection.Table table, int cpu) {
        this.table = table;
        this.cpu = cpu;
    }

    final Connection.Table table() {
        return table;
    }

    /** Whose table it stands in; -1 where CPUs share it. */
    final int cpu() {
        return cpu;
    }

    abstract int vip();

    /** Index of the real, never 0. */
    abstract int real();

    abstract int stamp();

    /** Both ports as they lie in a packet: that of the client in the lower half. */
    abstract int rawPorts();

    /** The first eight bytes of the client's address as they lie in a packet; of an IPv4 address only four mean anything. */
    abstract long rawClientHigh();

    abstract long rawClientLow();

    /** Like those of the client's address, of the one that the client sends to; 0 where the VIP has only one address. */
    abstract long rawDestinationHigh();

    abstract long rawDestinationLow();

    /** Removes it, if it is what it was when it was come by; otherwise it shows what it is now. */
    abstract boolean purge(KernelWrites writes);

    final int clientPort() {
        return Short.toUnsignedInt(Short.reverseBytes((short) rawPorts()));
    }

    final int port() {
        return Short.toUnsignedInt(Short.reverseBytes((short) (rawPorts() >>> 16)));
    }

    final Address client(boolean ipv6) {
        return new WireAddress(rawClientHigh(), rawClientLow()).toReal(ipv6);
    }

    /** Where the client sends to; says something only where the VIP is a prefix. */
    final Address destination(boolean ipv6) {
        return new WireAddress(rawDestinationHigh(), rawDestinationLow()).toReal(ipv6);
    }

    /** Whether the last word of an entry is that of a connection: neither an empty place nor a tombstone. */
    static boolean isConnection(long word) {
        return (word & 0xffff0000L) != 0 && (word & 0xffff) != MapLayout.TOMBSTONE;
    }

    /**
     * The last word of an entry that was purged. Keeps the real, so that the entry does not count as empty: that would hide connections
     * in their second set.
     */
    static long tombstone(long word) {
        return (word & 0xffff0000L) | MapLayout.TOMBSTONE;
    }

    /** In mapped memory. */
    static final class InMemory extends FlowEntry {

        private final BpfMapMemory memory;
        private final FlowLayout layout;
        private long at;
        private long word;

        InMemory(Connection.Table table, int cpu, BpfMapMemory memory, FlowLayout layout) {
            super(table, cpu);
            this.memory = memory;
            this.layout = layout;
        }

        /** Shows the entry at this offset; false if no connection stands there. */
        boolean show(long offset) {
            at = offset;
            word = memory.getLongAcquire(at + layout.tail());
            return isConnection(word);
        }

        @Override
        int vip() {
            return (int) word & 0xffff;
        }

        @Override
        int real() {
            return (int) word >>> 16;
        }

        @Override
        int stamp() {
            return (int) (word >>> 32);
        }

        @Override
        int rawPorts() {
            return memory.getIntAcquire(at + layout.ports());
        }

        @Override
        long rawClientHigh() {
            return memory.getLongAcquire(at);
        }

        @Override
        long rawClientLow() {
            return memory.getLongAcquire(at + Long.BYTES);
        }

        @Override
        long rawDestinationHigh() {
            return layout.hasDestination() ? memory.getLongAcquire(at + layout.destination()) : 0;
        }

        @Override
        long rawDestinationLow() {
            return layout.hasDestination() ? memory.getLongAcquire(at + layout.destination() + Long.BYTES) : 0;
        }

        @Override
        boolean purge(KernelWrites writes) {
            boolean purged = writes.compareAndSet(memory, at + layout.tail(), word, tombstone(word));
            word = memory.getLongAcquire(at + layout.tail());
            return purged;
        }
    }

    /** In the table of the CPUs without one of their own. */
    static final class InFallback extends FlowEntry {

        private final BpfMap map;
        private final BpfMapReader reader;
        private final boolean hasDestination;
        private final int keySize;
        private int index;

        InFallback(BpfMap map, BpfMapReader reader) {
            super(Connection.Table.FALLBACK, -1);
            this.map = map;
            this.reader = reader;
            this.keySize = map.info().keySize();
            this.hasDestination = keySize == Fallback.KEY_TO_SIZE;
        }

        /** Shows an element of what was read. */
        boolean show(int element) {
            index = element;
            return real() > 0;
        }

        @Override
        int vip() {
            return Short.toUnsignedInt(
                    reader.keys().getShort(key() + (hasDestination ? Fallback.KEY_TO_VIP : Fallback.KEY_VIP)));
        }

        @Override
        int real() {
            return reader.values().getInt(index * Fallback.VALUE_SIZE + Fallback.VALUE_REAL);
        }

        @Override
        int stamp() {
            return reader.values().getInt(index * Fallback.VALUE_SIZE + Fallback.VALUE_STAMP);
        }

        @Override
        int rawPorts() {
            return reader.keys().getInt(key() + (hasDestination ? Fallback.KEY_TO_PORTS : Fallback.KEY_PORTS));
        }

        @Override
        long rawClientHigh() {
            return reader.keys().getLong(key());
        }

        @Override
        long rawClientLow() {
            return reader.keys().getLong(key() + Long.BYTES);
        }

        @Override
        long rawDestinationHigh() {
            return hasDestination ? reader.keys().getLong(key() + Fallback.KEY_TO_DST) : 0;
        }

        @Override
        long rawDestinationLow() {
            return hasDestination ? reader.keys().getLong(key() + Fallback.KEY_TO_DST + Long.BYTES) : 0;
        }

        @Override
        boolean purge(KernelWrites writes) {
            writes.delete(map, reader.keys().slice(key(), keySize));
            return true;
        }

        private int key() {
            return index * keySize;
        }
    }
}

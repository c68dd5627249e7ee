package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.model.VipId;
import io.makolb.plane.MapLayout.PrefixKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The trie through which packets find VIPs that are prefixes ({@code bpf/prefix.h}), of all generations. A prefix has an entry for
 * each of its VIPs, and one for itself, which answers whether an address belongs to any VIP.
 */
final class PrefixTable {

    /** Entries of one system call. */
    private static final int CHUNK = 1024;

    /** Bits of a key before the address that always count. */
    private static final int BITS_BEFORE_ADDRESS = 8 * (PrefixKey.ADDR - PrefixKey.TABLE);

    /** What stands for port and protocol, and for the VIP, in the entry of a prefix by itself. */
    private static final int NONE = 0;

    private final BpfMap trie;
    private final ControlWords control;
    private final KernelWrites writes;

    PrefixTable(BpfMap trie, ControlWords control, KernelWrites writes) {
        this.trie = trie;
        this.control = control;
        this.writes = writes;
    }

    /** Entries that VIPs of this number need at most, and one more: kernels before 6.13 refuse to replace one in a full trie. */
    static int entries(int maxVips) {
        return MapLayout.VIP_GENERATIONS * 2 * maxVips + 1;
    }

    /**
     * A key as the kernel has it, in words as the machine loads them.
     *
     * @param head bits that count, generation and family, protocol, port
     */
    record Key(long head, WireAddress address) {

        private static Key of(int generation, VipId id, int protocol, int port) {
            ByteBuffer head = buffer(PrefixKey.ADDR);
            head.putInt(PrefixKey.LENGTH, BITS_BEFORE_ADDRESS + id.prefixLength());
            head.put(PrefixKey.TABLE, (byte) (generation * 2 + (id.address().ipv6() ? 1 : 0)));
            head.put(PrefixKey.PROTOCOL, (byte) protocol);
            head.putShort(PrefixKey.PORT, Short.reverseBytes((short) port));
            return new Key(head.getLong(0), WireAddress.ofReal(id.address()));
        }

        static Key service(int generation, VipId id) {
            return of(generation, id, id.protocol().number(), id.port());
        }

        static Key network(int generation, VipId id) {
            return of(generation, id, NONE, NONE);
        }

        static Key at(ByteBuffer keys, int offset) {
            return new Key(
                    keys.getLong(offset),
                    new WireAddress(
                            keys.getLong(offset + PrefixKey.ADDR), keys.getLong(offset + PrefixKey.ADDR + Long.BYTES)));
        }

        ByteBuffer bytes() {
            return buffer(PrefixKey.SIZE)
                    .putLong(0, head)
                    .putLong(PrefixKey.ADDR, address.first())
                    .putLong(PrefixKey.ADDR + Long.BYTES, address.second());
        }

        boolean isOf(int generation) {
            return field(PrefixKey.TABLE) / 2 == generation;
        }

        boolean isNetwork() {
            return field(PrefixKey.PROTOCOL) == NONE;
        }

        private int field(int offset) {
            return (int) (head >>> 8 * offset) & 0xff;
        }
    }

    /**
     * What a generation held at one moment.
     *
     * @param asked whether its packets look here
     */
    record Content(int generation, Map<Key, Integer> numbers, boolean asked) {

        /** The number of the VIP with exactly this identity, or {@link VipTable#NO_VIP}. */
        int find(VipId id) {
            Integer number = asked && numbers.containsKey(Key.network(generation, id))
                    ? numbers.get(Key.service(generation, id))
                    : null;
            return number == null ? VipTable.NO_VIP : number;
        }

        /** Prefixes whose addresses belong to VIPs. */
        int networks() {
            return (int) numbers.keySet().stream().filter(Key::isNetwork).count();
        }

        /** VIPs that packets find. */
        int services() {
            return numbers.size() - networks();
        }
    }

    /** What a generation holds now. */
    Content read(int generation) {
        return new Content(generation, entriesOf(generation), control.hasPrefixes(generation));
    }

    /** Replaces a generation. No packet may read it meanwhile. */
    void write(int generation, Collection<VipImage> vips) {
        Map<Key, Integer> wanted = new HashMap<>();
        for (VipImage vip : vips) {
            wanted.put(Key.network(generation, vip.id()), NONE);
            wanted.put(Key.service(generation, vip.id()), vip.number());
        }
        Map<Key, Integer> found = entriesOf(generation);
        found.keySet().stream()
                .filter(key -> !wanted.containsKey(key))
                .forEach(key -> writes.delete(trie, key.bytes()));
        wanted.forEach((key, number) -> {
            if (!number.equals(found.get(key))) {
                writes.update(trie, key.bytes(), buffer(Integer.BYTES).putInt(0, number));
            }
        });
        control.putPrefixes(generation, !vips.isEmpty());
    }

    private Map<Key, Integer> entriesOf(int generation) {
        Map<Key, Integer> entries = new HashMap<>();
        BpfMapReader reader = trie.reader(CHUNK);
        for (int count = reader.next(); count > 0; count = reader.next()) {
            for (int i = 0; i < count; i++) {
                Key key = Key.at(reader.keys(), i * PrefixKey.SIZE);
                if (key.isOf(generation)) {
                    entries.put(key, reader.values().getInt(i * Integer.BYTES));
                }
            }
        }
        return entries;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }
}

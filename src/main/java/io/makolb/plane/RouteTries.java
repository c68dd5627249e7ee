package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapFlags;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.libbpf.BpfMapSpec;
import io.makolb.libbpf.BpfMapType;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkLoad;
import io.makolb.model.BulkSet;
import io.makolb.model.PackedKey;
import io.makolb.model.PackedTable;
import io.makolb.model.Prefix;
import io.makolb.plane.MapLayout.Route;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * A set of source routes in the kernel: a trie for each family.
 *
 * @param v4 of IPv4 clients
 * @param v6 of IPv6 clients
 */
record RouteTries(BpfMap v4, BpfMap v6) implements AutoCloseable {

    /** Routes of one system call. */
    private static final int BATCH = 4096;

    /** Bytes of a key of {@link BulkKind#SOURCE_ROUTES}: the address and its length. */
    private static final int V4_WIDTH = 5;

    private static final int V6_WIDTH = 17;

    /** Kernels before 6.13 refuse to replace a route of a full trie, so there is always room for one more than there may be. */
    private static final int SLACK = 1;

    /** Kernel memory of a route: a node of its own, and nearly as many that only branch. */
    private static final long NODE_BYTES = 64;

    /** Empty tries with room for so many routes each. */
    static RouteTries create(int most) {
        BpfMap v4 = create(PlaneMaps.ROUTES4, Route.V4_SIZE, most);
        try {
            return new RouteTries(v4, create(PlaneMaps.ROUTES6, Route.V6_SIZE, most));
        } catch (RuntimeException e) {
            v4.close();
            throw e;
        }
    }

    private static BpfMap create(String name, int keySize, int most) {
        return BpfMap.create(new BpfMapSpec(BpfMapType.LPM_TRIE, name, keySize, Integer.BYTES, most + SLACK)
                .withFlags(BpfMapFlags.NO_PREALLOC));
    }

    /** Whether there is room for so many in each. */
    boolean hasRoomFor(int most) {
        return v4.info().maxEntries() == most + SLACK && v6.info().maxEntries() == most + SLACK;
    }

    /** Kernel memory of so many routes. */
    static long bytes(int routes) {
        return 2 * NODE_BYTES * routes;
    }

    /** Enters routes into empty tries. */
    void fill(BulkSet<Prefix> routes, ToIntFunction<Address> index) {
        Batch[] batches = {new Batch(v4, V4_WIDTH), new Batch(v6, V6_WIDTH)};
        for (Iterator<PackedTable.Entry<Address>> all = routes.table().entries(); all.hasNext(); ) {
            PackedTable.Entry<Address> route = all.next();
            batches[isV4(route.key()) ? 0 : 1].add(route.key(), index.applyAsInt(route.value()));
        }
        for (Batch batch : batches) {
            batch.flush();
        }
    }

    /** Keys and values of one system call. */
    private static final class Batch {
        private final BpfMap trie;
        private final ByteBuffer keys;
        private final ByteBuffer values = buffer(BATCH * Integer.BYTES);

        Batch(BpfMap trie, int width) {
            this.trie = trie;
            this.keys = buffer(BATCH * (width - 1 + Route.SRC));
        }

        void add(PackedKey key, int index) {
            putKey(keys, key);
            values.putInt(index);
            if (!values.hasRemaining()) {
                flush();
            }
        }

        void flush() {
            int count = values.position() / Integer.BYTES;
            if (count > 0) {
                trie.updateBatch(keys.flip(), values.flip(), count);
                keys.clear();
                values.clear();
            }
        }
    }

    /** Enters a route, or replaces its real. */
    void put(KernelWrites writes, PackedKey key, int index) {
        writes.update(trie(key), keyOf(key), buffer(Integer.BYTES).putInt(0, index));
    }

    void remove(KernelWrites writes, PackedKey key) {
        writes.delete(trie(key), keyOf(key));
    }

    /** The index that clients of exactly this network find: by its own route, or by that of a network around it; 0 = none. */
    int find(PackedKey key) {
        ByteBuffer value = buffer(Integer.BYTES);
        return trie(key).lookup(keyOf(key), value) ? value.getInt(0) : 0;
    }

    /** All routes, each with the real of its index; those of indexes that no real has are left out. */
    BulkSet<Prefix> read(IntFunction<Optional<Address>> realOf) {
        BulkLoad<Prefix> found = new BulkLoad<>(BulkKind.SOURCE_ROUTES);
        read(v4, V4_WIDTH, realOf, found);
        read(v6, V6_WIDTH, realOf, found);
        return found.finish();
    }

    private static void read(BpfMap trie, int width, IntFunction<Optional<Address>> realOf, BulkLoad<Prefix> found) {
        BpfMapReader reader = trie.reader(BATCH);
        int addressBytes = width - 1;
        int stride = addressBytes + Route.SRC;
        for (int count = reader.next(); count > 0; count = reader.next()) {
            for (int i = 0; i < count; i++) {
                byte[] key = new byte[width];
                reader.keys().get(i * stride + Route.SRC, key, 0, addressBytes);
                key[addressBytes] = (byte) reader.keys().getInt(i * stride + Route.PREFIX_LENGTH);
                realOf.apply(reader.values().getInt(i * Integer.BYTES))
                        .ifPresent(real -> found.add(PackedKey.of(key), real));
            }
        }
    }

    private BpfMap trie(PackedKey key) {
        return isV4(key) ? v4 : v6;
    }

    private static boolean isV4(PackedKey key) {
        return key.width() == V4_WIDTH;
    }

    private static ByteBuffer keyOf(PackedKey key) {
        ByteBuffer buffer = buffer(key.width() - 1 + Route.SRC);
        putKey(buffer, key);
        return buffer.flip();
    }

    private static void putKey(ByteBuffer buffer, PackedKey key) {
        buffer.putInt(key.get(key.width() - 1)).put(key.bytes(), key.at(), key.width() - 1);
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    /** Lets go of both. */
    @Override
    public void close() {
        v4.close();
        v6.close();
    }
}

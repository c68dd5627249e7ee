package io.makolb.store;

import io.makolb.model.Address;
import io.makolb.model.PackedChunk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chunks of large tables as they lie in the database: the width of a key, their number, the keys, the values. */
final class ChunkBytes {

    private static final int HEAD = 1 + Short.BYTES;
    private static final int LONGEST_ADDRESS = 16;

    private ChunkBytes() {}

    /** Every real once, then for each key which of them it leads to. */
    static byte[] ofReals(PackedChunk<Address> chunk) {
        Map<Address, Integer> palette = new LinkedHashMap<>();
        chunk.values().forEach(real -> palette.putIfAbsent(real, palette.size()));
        int most = HEAD
                + chunk.keys().length
                + Short.BYTES
                + palette.size() * (1 + LONGEST_ADDRESS)
                + chunk.size() * Short.BYTES;
        ByteBuffer bytes = begun(chunk, most).putShort((short) palette.size());
        for (Address real : palette.keySet()) {
            byte[] address = real.toBytes();
            bytes.put((byte) address.length).put(address);
        }
        for (Address real : chunk.values()) {
            bytes.putShort(palette.getOrDefault(real, 0).shortValue());
        }
        return written(bytes);
    }

    /**
     * Reads back what {@link #ofReals} made.
     *
     * @param shared one object for each real, however many chunks name it
     */
    static PackedChunk<Address> reals(byte[] body, Map<Address, Address> shared) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        int width = bytes.get();
        int count = Short.toUnsignedInt(bytes.getShort());
        byte[] keys = next(bytes, width * count);
        List<Address> palette = new ArrayList<>();
        for (int left = Short.toUnsignedInt(bytes.getShort()); left > 0; left--) {
            Address real = Address.ofBytes(next(bytes, bytes.get()));
            palette.add(shared.computeIfAbsent(real, first -> first));
        }
        List<Address> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(palette.get(Short.toUnsignedInt(bytes.getShort())));
        }
        return new PackedChunk<>(width, keys, values);
    }

    static byte[] ofTags(PackedChunk<Long> chunk) {
        ByteBuffer bytes = begun(chunk, HEAD + chunk.keys().length + chunk.size() * Long.BYTES);
        chunk.values().forEach(bytes::putLong);
        return written(bytes);
    }

    /** Reads back what {@link #ofTags} made. */
    static PackedChunk<Long> tags(byte[] body, Map<Long, Long> shared) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        int width = bytes.get();
        int count = Short.toUnsignedInt(bytes.getShort());
        byte[] keys = next(bytes, width * count);
        List<Long> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(shared.computeIfAbsent(bytes.getLong(), first -> first));
        }
        return new PackedChunk<>(width, keys, values);
    }

    private static ByteBuffer begun(PackedChunk<?> chunk, int most) {
        return ByteBuffer.allocate(most)
                .put((byte) chunk.width())
                .putShort((short) chunk.size())
                .put(chunk.keys());
    }

    private static byte[] written(ByteBuffer bytes) {
        return next(bytes.flip(), bytes.limit());
    }

    private static byte[] next(ByteBuffer bytes, int count) {
        byte[] next = new byte[count];
        bytes.get(next);
        return next;
    }
}

package io.makolb.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads a map from its beginning to its end in chunks. The buffers are the reader's own and are overwritten by each
 * chunk, so one reader serves one thread and can be used again and again without allocating. Elements that change
 * meanwhile may be seen old or new; in hash maps that are written to, some may be seen twice or not at all.
 */
public final class BpfMapReader {

    private final BpfMap map;
    private final int chunk;
    private final ByteBuffer keys;
    private final ByteBuffer values;
    private final Memory keyMemory;
    private final Memory valueMemory;
    private final Memory cursor;
    private final Memory nextCursor;
    private boolean begun;
    private boolean ended;

    BpfMapReader(BpfMap map, int chunk) {
        this.map = map;
        this.chunk = chunk;
        BpfMapInfo info = map.info();
        this.keyMemory = new Memory((long) chunk * info.keySize());
        this.valueMemory = new Memory((long) chunk * map.valueBytes());
        this.keys = keyMemory.getByteBuffer(0, keyMemory.size()).order(ByteOrder.nativeOrder());
        this.values = valueMemory.getByteBuffer(0, valueMemory.size()).order(ByteOrder.nativeOrder());
        // Hash maps keep a 32-bit bucket number in it, all others the last key.
        int cursorSize = Math.max(Integer.BYTES, info.keySize());
        this.cursor = new Memory(cursorSize);
        this.nextCursor = new Memory(cursorSize);
    }

    /** Reads the next chunk into {@link #keys()} and {@link #values()}; answers its number of elements, 0 at the end. */
    public int next() {
        while (!ended) {
            Pointer count = Scratch.ofThisThread().cleared(Scratch.Slot.COUNT, Integer.BYTES);
            count.setInt(0, chunk);
            int error = LibBpf.bpf_map_lookup_batch(
                    map.fd(), begun ? cursor : null, nextCursor, keyMemory, valueMemory, count, Options.batch(0));
            ended = error == -Errno.ENOENT.code();
            if (error < 0 && !ended) {
                throw new BpfException("read the elements of the", map.target(), -error, remedy(-error));
            }
            begun = true;
            cursor.write(0, nextCursor.getByteArray(0, (int) nextCursor.size()), 0, (int) cursor.size());
            int read = count.getInt(0);
            if (read > 0) {
                return read;
            }
        }
        return 0;
    }

    /** Begins again at the first element. */
    public void rewind() {
        begun = false;
        ended = false;
    }

    /** The keys of the chunk read last, one after the other, in the machine's byte order. */
    public ByteBuffer keys() {
        return keys;
    }

    /** The values of the chunk read last, {@link BpfMap#valueBytes()} each, in the machine's byte order. */
    public ByteBuffer values() {
        return values;
    }

    private static @Nullable String remedy(int errno) {
        return errno == Errno.ENOSPC.code() ? "A bucket of the hash map holds more elements than a chunk." : null;
    }
}

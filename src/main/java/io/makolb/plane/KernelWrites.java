package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The one place from which maps are written, so that "nothing was written" can be counted: stores into mapped memory are no
 * system calls. A word that already is what it shall be is left alone.
 */
final class KernelWrites {

    private final AtomicLong count = new AtomicLong();

    /** How often kernel state was written. */
    long count() {
        return count.get();
    }

    /** Stores an aligned double word that packets may read meanwhile, after everything stored before. */
    void word(BpfMapMemory memory, long offset, long value) {
        if (memory.getLongAcquire(offset) != value) {
            memory.setLongRelease(offset, value);
            count.incrementAndGet();
        }
    }

    /** Stores an aligned word that packets may read meanwhile, after everything stored before. */
    void word(BpfMapMemory memory, long offset, int value) {
        if (memory.getIntAcquire(offset) != value) {
            memory.setIntRelease(offset, value);
            count.incrementAndGet();
        }
    }

    /** Stores an aligned half word that packets may read meanwhile, after everything stored before. */
    void halfWord(BpfMapMemory memory, long offset, short value) {
        if (memory.getShortAcquire(offset) != value) {
            memory.setShortRelease(offset, value);
            count.incrementAndGet();
        }
    }

    /** Replaces a word if it still is what was expected. */
    boolean compareAndSet(BpfMapMemory memory, long offset, long expected, long value) {
        boolean set = memory.compareAndSetLong(offset, expected, value);
        if (set) {
            count.incrementAndGet();
        }
        return set;
    }

    /** Lets memory that no packet can find be filled, in whatever order. */
    void fill(BpfMapMemory memory, long offset, int length, Consumer<ByteBuffer> content) {
        content.accept(memory.slice(offset, length));
        count.incrementAndGet();
    }

    /** Sets an element by system call. */
    void update(BpfMap map, int index, ByteBuffer value) {
        map.update(index, value);
        count.incrementAndGet();
    }

    /** Sets an element of a map that is no array by system call. */
    void update(BpfMap map, ByteBuffer key, ByteBuffer value) {
        map.update(key, value);
        count.incrementAndGet();
    }

    /** Deletes an element by system call. */
    void delete(BpfMap map, ByteBuffer key) {
        map.delete(key);
        count.incrementAndGet();
    }

    /** Does something else that changes the kernel: a pin, an attachment, a program load. */
    void other(Runnable change) {
        change.run();
        count.incrementAndGet();
    }
}

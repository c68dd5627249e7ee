package io.makolb.libbpf;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The memory of an array map, mapped into this process: what is stored here is what programs see, without a system call.
 * Element {@code i} begins at {@code i * }{@link #stride()}.
 *
 * <p>Plain stores are for memory no program reads yet; it is handed over by one release store of an aligned word, which
 * programs see either old or new, and after it everything stored before.
 *
 * <p>Buffers taken from here must not be touched after {@link #close}: the addresses are no longer the process's own
 * and touching them would end it.
 */
public final class BpfMapMemory implements AutoCloseable {

    private static final VarHandle SHORTS =
            MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** A buffer's index is an int, so larger maps are seen through windows; a power of two splits offsets cheaply. */
    private static final int WINDOW_SHIFT = 30;

    /** Offsets into a map must be whole pages; this is a multiple of every page size in use. */
    private static final long LARGEST_PAGE = 1 << 16;

    private final String target;
    private final long mapped;
    private final long mappedSize;
    private final long address;
    private final long size;
    private final int stride;
    private final int windowShift;
    private final ByteBuffer[] windows;
    private boolean closed;

    private BpfMapMemory(BpfMap map, long offset, long size, int windowShift) {
        long page = offset & -LARGEST_PAGE;
        this.target = map.target();
        this.mappedSize = offset + size - page;
        this.mapped = Libc.mmap(0, mappedSize, Libc.PROT_READ | Libc.PROT_WRITE, Libc.MAP_SHARED, map.fd(), page);
        if (mapped == Libc.MAP_FAILED) {
            throw new BpfException("map the memory of the", target, Native.getLastError());
        }
        this.address = mapped + (offset - page);
        this.size = size;
        this.stride = map.valueStride();
        this.windowShift = windowShift;
        this.windows = new ByteBuffer[Math.toIntExact(((size - 1) >>> windowShift) + 1)];
        for (int i = 0; i < windows.length; i++) {
            long begin = (long) i << windowShift;
            windows[i] = view(begin, Math.min(1L << windowShift, size - begin));
        }
    }

    static BpfMapMemory map(BpfMap map) {
        return map(map, WINDOW_SHIFT);
    }

    /** With windows of {@code 1 << windowShift} bytes, at least a page. */
    static BpfMapMemory map(BpfMap map, int windowShift) {
        requireMapped(map);
        long size = (long) map.valueStride() * Integer.toUnsignedLong(map.info().maxEntries());
        return new BpfMapMemory(map, 0, size, windowShift);
    }

    /** One element alone, at offset 0. */
    static BpfMapMemory element(BpfMap map, int index) {
        requireMapped(map);
        if (Integer.compareUnsigned(index, map.info().maxEntries()) >= 0) {
            throw new IndexOutOfBoundsException("The " + map.target() + " has no element " + index);
        }
        return new BpfMapMemory(
                map, map.valueStride() * Integer.toUnsignedLong(index), map.valueStride(), WINDOW_SHIFT);
    }

    private static void requireMapped(BpfMap map) {
        BpfMapInfo info = map.info();
        if (info.type() != BpfMapType.ARRAY || !info.has(BpfMapFlags.MMAPABLE)) {
            throw new IllegalStateException("The " + map.target() + " is not an array created with BPF_F_MMAPABLE");
        }
    }

    /** Bytes in all. */
    public long size() {
        return size;
    }

    /** Bytes from one element to the next: the value size rounded up to eight. */
    public int stride() {
        return stride;
    }

    /**
     * A view of a range in the machine's byte order, for bulk stores and loads.
     *
     * @param offset in bytes from the first element
     */
    public ByteBuffer slice(long offset, int length) {
        requireOpen();
        checkRange(offset, length);
        return view(offset, length);
    }

    /** A view of one element. */
    public ByteBuffer element(int index) {
        return slice((long) index * stride, stride);
    }

    /** Reads an aligned half word so that what was stored before it was released is seen as well. */
    public short getShortAcquire(long offset) {
        checkWord(offset, Short.BYTES);
        return (short) SHORTS.getAcquire(window(offset), index(offset));
    }

    /** Stores an aligned half word after everything stored before. */
    public void setShortRelease(long offset, short value) {
        checkWord(offset, Short.BYTES);
        SHORTS.setRelease(window(offset), index(offset), value);
    }

    /** Reads an aligned word so that what was stored before it was released is seen as well. */
    public int getIntAcquire(long offset) {
        checkWord(offset, Integer.BYTES);
        return (int) INTS.getAcquire(window(offset), index(offset));
    }

    /** Stores an aligned word after everything stored before. */
    public void setIntRelease(long offset, int value) {
        checkWord(offset, Integer.BYTES);
        INTS.setRelease(window(offset), index(offset), value);
    }

    /** Reads an aligned double word so that what was stored before it was released is seen as well. */
    public long getLongAcquire(long offset) {
        checkWord(offset, Long.BYTES);
        return (long) LONGS.getAcquire(window(offset), index(offset));
    }

    /** Stores an aligned double word after everything stored before. */
    public void setLongRelease(long offset, long value) {
        checkWord(offset, Long.BYTES);
        LONGS.setRelease(window(offset), index(offset), value);
    }

    /** Replaces an aligned double word if it still is what was expected; tells whether it was. */
    public boolean compareAndSetLong(long offset, long expected, long value) {
        checkWord(offset, Long.BYTES);
        return LONGS.compareAndSet(window(offset), index(offset), expected, value);
    }

    /** Takes the memory out of the process; the map itself keeps its content. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (Libc.munmap(mapped, mappedSize) != 0) {
            throw new BpfException("unmap the memory of the", target, Native.getLastError());
        }
    }

    private ByteBuffer view(long offset, long length) {
        return new Pointer(address + offset).getByteBuffer(0, length).order(ByteOrder.nativeOrder());
    }

    private ByteBuffer window(long offset) {
        return windows[(int) (offset >>> windowShift)];
    }

    private int index(long offset) {
        return (int) (offset & ((1L << windowShift) - 1));
    }

    private void checkWord(long offset, int width) {
        requireOpen();
        checkRange(offset, width);
    }

    private void checkRange(long offset, int length) {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new IndexOutOfBoundsException(
                    length + " bytes at " + offset + " are not within the " + size + " bytes of the " + target);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The memory of the " + target + " is unmapped");
        }
    }
}

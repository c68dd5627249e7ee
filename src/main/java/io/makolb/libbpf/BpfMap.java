package io.makolb.libbpf;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A BPF map, reached through a descriptor this handle owns. The map lives on in the kernel while another descriptor, a
 * pin, a program or an outer map refers to it.
 *
 * <p>Keys and values are the bytes between a buffer's position and limit, in the layout of the program's structs;
 * positions are never moved. Direct buffers are used in place, others are copied. Values of per-CPU maps are one slot of
 * {@link #valueStride()} bytes for each possible CPU. Handles are safe for use by several threads; what the threads do
 * to the same element is ordered by the kernel only.
 */
public final class BpfMap implements AutoCloseable {

    private final Descriptor descriptor;
    private final BpfMapInfo info;
    private final int valueStride;
    private final int valueBytes;

    BpfMap(Descriptor descriptor) {
        this.descriptor = descriptor;
        this.info = BpfMapInfo.read(descriptor);
        boolean perCpu = info.type().isPerCpu();
        this.valueStride =
                perCpu || info.type() == BpfMapType.ARRAY ? roundUpToEight(info.valueSize()) : info.valueSize();
        this.valueBytes =
                perCpu ? Math.multiplyExact(valueStride, BpfLibrary.require().possibleCpus()) : info.valueSize();
    }

    /** Creates a map. It vanishes with the last reference, so pin it or put it into a program or an outer map. */
    public static BpfMap create(BpfMapSpec spec) {
        BpfLibrary.require();
        int fd = LibBpf.bpf_map_create(
                spec.type().code(),
                spec.name(),
                spec.keySize(),
                spec.valueSize(),
                spec.maxEntries(),
                Options.mapCreate(spec));
        if (fd < 0) {
            throw new BpfException("create the", "map " + spec.name(), -fd);
        }
        return owning(fd, "map " + spec.name());
    }

    /** Opens the map pinned at a path of a BPF file system. */
    public static BpfMap openPinned(Path pin) {
        return of(Descriptor.openPinned(pin, ObjectKind.MAP));
    }

    /** A handle with an own descriptor for a map that somebody else's descriptor stands for. */
    static BpfMap duplicating(int fd, String target) {
        return of(Descriptor.duplicate(fd, target));
    }

    private static BpfMap owning(int fd, String target) {
        return of(new Descriptor(fd, target));
    }

    private static BpfMap of(Descriptor descriptor) {
        try {
            return new BpfMap(descriptor);
        } catch (RuntimeException e) {
            descriptor.close();
            throw e;
        }
    }

    /** The descriptor, valid until {@link #close}. */
    public int fd() {
        return descriptor.fd();
    }

    /** What the kernel knew about the map when this handle was opened; none of it ever changes. */
    public BpfMapInfo info() {
        return info;
    }

    /**
     * Bytes from one value to the next: in the memory of an array and in the per-CPU slots of a value this is the value
     * size rounded up to eight.
     */
    public int valueStride() {
        return valueStride;
    }

    /** Bytes that look-up and update move for one element: of per-CPU maps, the slots of all possible CPUs. */
    public int valueBytes() {
        return valueBytes;
    }

    /** Copies the value of a key into {@code value}; false, and {@code value} undefined, when there is none. */
    public boolean lookup(ByteBuffer key, ByteBuffer value) {
        return lookup(NativeBytes.input(key, info.keySize(), Scratch.Slot.KEY, "key"), value);
    }

    /** Copies the value at an index into {@code value}; false when there is none, in arrays: beyond the end. */
    public boolean lookup(int index, ByteBuffer value) {
        return lookup(indexKey(index), value);
    }

    private boolean lookup(Pointer key, ByteBuffer value) {
        Pointer bytes = NativeBytes.output(value, valueBytes, Scratch.Slot.VALUE, "value");
        int error = LibBpf.bpf_map_lookup_elem(fd(), key, bytes);
        if (error == -Errno.ENOENT.code()) {
            return false;
        }
        if (error < 0) {
            throw new BpfException("look up an element of the", target(), -error);
        }
        NativeBytes.deliver(bytes, value, valueBytes);
        return true;
    }

    /** Sets the value of a key. */
    public void update(ByteBuffer key, ByteBuffer value, UpdateMode mode) {
        update(NativeBytes.input(key, info.keySize(), Scratch.Slot.KEY, "key"), value, mode);
    }

    /** Sets the value of a key, whether it exists or not. */
    public void update(ByteBuffer key, ByteBuffer value) {
        update(key, value, UpdateMode.ANY);
    }

    /** Sets the value at an index. */
    public void update(int index, ByteBuffer value) {
        update(indexKey(index), value, UpdateMode.ANY);
    }

    private void update(Pointer key, ByteBuffer value, UpdateMode mode) {
        Pointer bytes = NativeBytes.input(value, valueBytes, Scratch.Slot.VALUE, "value");
        int error = LibBpf.bpf_map_update_elem(fd(), key, bytes, mode.flags());
        if (error < 0) {
            throw new BpfException("update an element of the", target(), -error);
        }
    }

    /** Removes a key; false when there was none. Elements of arrays cannot be removed (EINVAL). */
    public boolean delete(ByteBuffer key) {
        return delete(NativeBytes.input(key, info.keySize(), Scratch.Slot.KEY, "key"));
    }

    /** Empties a slot of an array of maps or programs; false when it was empty. */
    public boolean delete(int index) {
        return delete(indexKey(index));
    }

    private boolean delete(Pointer key) {
        int error = LibBpf.bpf_map_delete_elem(fd(), key);
        if (error < 0 && error != -Errno.ENOENT.code()) {
            throw new BpfException("delete an element of the", target(), -error);
        }
        return error == 0;
    }

    /**
     * Sets many elements with one system call.
     *
     * @param keys {@code count} keys, one after the other
     * @param values {@code count} values of {@link #valueBytes()} bytes, one after the other
     */
    public void updateBatch(ByteBuffer keys, ByteBuffer values, int count) {
        long keysSize = (long) count * info.keySize();
        long valuesSize = (long) count * valueBytes;
        updateBatch(
                NativeBytes.input(keys, keysSize, Scratch.Slot.KEY, "keys"),
                NativeBytes.input(values, valuesSize, Scratch.Slot.VALUE, "values"),
                count);
    }

    /** Sets the elements of an array from {@code firstIndex} on with one system call; each is seen as it is written. */
    public void updateRange(int firstIndex, ByteBuffer values, int count) {
        long valuesSize = (long) count * valueBytes;
        updateBatch(
                indexKeys(firstIndex, count),
                NativeBytes.input(values, valuesSize, Scratch.Slot.VALUE, "values"),
                count);
    }

    private void updateBatch(Pointer keys, Pointer values, int count) {
        if (count == 0) {
            return;
        }
        Pointer done = Scratch.ofThisThread().cleared(Scratch.Slot.COUNT, Integer.BYTES);
        done.setInt(0, count);
        int error = LibBpf.bpf_map_update_batch(fd(), keys, values, done, Options.batch(UpdateMode.ANY.flags()));
        if (error < 0) {
            throw new BpfException("update " + count + " elements of the", target(), -error);
        }
    }

    /** Removes many keys of a hash map with one system call; a key that does not exist ends it with ENOENT. */
    public void deleteBatch(ByteBuffer keys, int count) {
        if (count == 0) {
            return;
        }
        Pointer keyBytes = NativeBytes.input(keys, (long) count * info.keySize(), Scratch.Slot.KEY, "keys");
        Pointer done = Scratch.ofThisThread().cleared(Scratch.Slot.COUNT, Integer.BYTES);
        done.setInt(0, count);
        int error = LibBpf.bpf_map_delete_batch(fd(), keyBytes, done, Options.batch(0));
        if (error < 0) {
            throw new BpfException("delete " + count + " elements of the", target(), -error);
        }
    }

    /**
     * Reads the whole map in chunks, each with one system call.
     *
     * @param chunk elements per system call; for hash maps at least the longest chain of a bucket
     */
    public BpfMapReader reader(int chunk) {
        return new BpfMapReader(this, chunk);
    }

    /** Maps the memory of an array created with {@link BpfMapFlags#MMAPABLE} into the process. */
    public BpfMapMemory memory() {
        return BpfMapMemory.map(this);
    }

    /**
     * Maps one element of such an array, at offset 0. What is mapped counts as memory of the process, so this is for large maps of
     * which little is used at a time.
     */
    public BpfMapMemory memory(int index) {
        return BpfMapMemory.element(this, index);
    }

    /**
     * Puts a map into a slot of an array of maps. Returns only after every program that could still see the map it
     * replaces has ended: 8 to 24 milliseconds.
     */
    public void updateInner(int index, BpfMap inner) {
        updateReference(index, inner.fd());
    }

    /** Puts maps into consecutive slots. Kernels from 6.8 on wait once for all of them, older ones for each. */
    public void updateInners(int firstIndex, List<BpfMap> inners) {
        ByteBuffer fds =
                ByteBuffer.allocateDirect(inners.size() * Integer.BYTES).order(ByteOrder.nativeOrder());
        inners.forEach(inner -> fds.putInt(inner.fd()));
        updateRange(firstIndex, fds.flip(), inners.size());
    }

    /** Puts a program into a slot of a program array. */
    public void updateProgram(int index, BpfProgram program) {
        updateReference(index, program.fd());
    }

    private void updateReference(int index, int fd) {
        Pointer value = Scratch.ofThisThread().get(Scratch.Slot.VALUE, Integer.BYTES);
        value.setInt(0, fd);
        int error = LibBpf.bpf_map_update_elem(fd(), indexKey(index), value, UpdateMode.ANY.flags());
        if (error < 0) {
            throw new BpfException("fill slot " + index + " of the", target(), -error);
        }
    }

    /**
     * The kernel's number of the map or program in a slot, to be compared with {@link BpfMapInfo#id()} or
     * {@link BpfProgramInfo#id()}. The kernel opens objects by number only for CAP_SYS_ADMIN; who must reach an inner map
     * again later without it pins the inner map as well.
     */
    public OptionalInt referenceId(int index) {
        Pointer value = Scratch.ofThisThread().get(Scratch.Slot.VALUE, Integer.BYTES);
        int error = LibBpf.bpf_map_lookup_elem(fd(), indexKey(index), value);
        if (error == -Errno.ENOENT.code()) {
            return OptionalInt.empty();
        }
        if (error < 0) {
            throw new BpfException("look up slot " + index + " of the", target(), -error);
        }
        return OptionalInt.of(value.getInt(0));
    }

    /** Gives the map a name in a BPF file system, under which it outlives this process. */
    public void pin(Path path) {
        descriptor.pin(path);
    }

    /** Removes a pin, whatever is pinned there; false when nothing was. */
    public static boolean unpin(Path path) {
        return Descriptor.unpin(path);
    }

    /** Gives up the descriptor; the memory from {@link #memory()} stays mapped. */
    @Override
    public void close() {
        descriptor.close();
    }

    @Override
    public String toString() {
        return target();
    }

    String target() {
        return descriptor.target();
    }

    private Pointer indexKey(int index) {
        requireIndexed();
        Pointer key = Scratch.ofThisThread().get(Scratch.Slot.KEY, Integer.BYTES);
        key.setInt(0, index);
        return key;
    }

    private Pointer indexKeys(int first, int count) {
        requireIndexed();
        Pointer keys = Scratch.ofThisThread().get(Scratch.Slot.KEY, (long) count * Integer.BYTES);
        IntBuffer indexes = keys.getByteBuffer(0, (long) count * Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .asIntBuffer();
        for (int i = 0; i < count; i++) {
            indexes.put(i, first + i);
        }
        return keys;
    }

    private void requireIndexed() {
        if (info.keySize() != Integer.BYTES) {
            throw new IllegalStateException(
                    "The " + target() + " has keys of " + info.keySize() + " bytes, not indexes");
        }
    }

    private static int roundUpToEight(int size) {
        return Math.addExact(size, 7) & -8;
    }
}

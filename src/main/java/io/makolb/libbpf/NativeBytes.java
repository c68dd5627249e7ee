package io.makolb.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * Hands the bytes between a buffer's position and limit to native code: direct buffers in place, others through scratch
 * memory. Positions and limits are left alone.
 */
final class NativeBytes {

    private NativeBytes() {}

    /** Bytes that native code reads. */
    static Pointer input(ByteBuffer bytes, long size, Scratch.Slot slot, String what) {
        requireSize(bytes, size, what);
        if (bytes.isDirect()) {
            return inPlace(bytes);
        }
        Memory copy = Scratch.ofThisThread().get(slot, size);
        if (bytes.hasArray()) {
            copy.write(0, bytes.array(), bytes.arrayOffset() + bytes.position(), (int) size);
        } else {
            copy.getByteBuffer(0, size).put(bytes.duplicate().limit(bytes.position() + (int) size));
        }
        return copy;
    }

    /** Bytes that native code writes; {@link #deliver} brings them into the buffer afterwards. */
    static Pointer output(ByteBuffer bytes, long size, Scratch.Slot slot, String what) {
        requireSize(bytes, size, what);
        if (bytes.isReadOnly()) {
            throw new IllegalArgumentException("The buffer for the " + what + " is read-only");
        }
        return bytes.isDirect() ? inPlace(bytes) : Scratch.ofThisThread().get(slot, size);
    }

    static void deliver(Pointer written, ByteBuffer bytes, long size) {
        if (bytes.hasArray() && !bytes.isDirect()) {
            written.read(0, bytes.array(), bytes.arrayOffset() + bytes.position(), (int) size);
        }
    }

    private static Pointer inPlace(ByteBuffer bytes) {
        long address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));
        return new BufferPointer(address + bytes.position(), bytes);
    }

    private static void requireSize(ByteBuffer bytes, long size, String what) {
        if (bytes.remaining() < size) {
            throw new IllegalArgumentException(
                    "The buffer for the " + what + " holds " + bytes.remaining() + " bytes, " + size + " are needed");
        }
    }
}

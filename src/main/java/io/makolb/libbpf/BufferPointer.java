package io.makolb.libbpf;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * The address of a direct buffer that keeps the buffer reachable. A pointer given to a native call is reachable until
 * the call returns, a buffer that only lent its address is not.
 */
final class BufferPointer extends Pointer {

    @SuppressWarnings({"unused", "FieldCanBeLocal"}) // held, not read
    private final ByteBuffer buffer;

    BufferPointer(long address, ByteBuffer buffer) {
        super(address);
        this.buffer = buffer;
    }
}

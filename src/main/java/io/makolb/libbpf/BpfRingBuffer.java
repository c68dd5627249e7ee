package io.makolb.libbpf;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers the events that programs put into a ring buffer map, in the order they were put in. For use by one thread.
 */
public final class BpfRingBuffer implements AutoCloseable {

    private static final int STOP = -1;

    private final String target;
    private final Consumer<ByteBuffer> consumer;

    /** libbpf keeps the address of this callback; JNA frees the code behind it when nothing refers to it any more. */
    private final LibBpf.SampleFunction sample = this::deliver;

    private @Nullable Pointer ring;
    private @Nullable RuntimeException failure;

    private BpfRingBuffer(String target, Consumer<ByteBuffer> consumer) {
        this.target = target;
        this.consumer = consumer;
    }

    /**
     * Opens the reading side of a ring buffer map.
     *
     * @param consumer gets each event as a read-only view in the machine's byte order, valid until it returns
     */
    public static BpfRingBuffer open(BpfMap map, Consumer<ByteBuffer> consumer) {
        BpfRingBuffer buffer = new BpfRingBuffer(map.target(), consumer);
        LibBpfLog.beginCapture();
        Pointer ring = LibBpf.ring_buffer__new(map.fd(), buffer.sample, null, null);
        int errno = Native.getLastError();
        VerifierLog log = VerifierLog.parse(LibBpfLog.endCapture());
        if (ring == null) {
            throw new BpfException("read events from the", map.target(), errno, log.words());
        }
        buffer.ring = ring;
        return buffer;
    }

    /**
     * Waits for events and delivers all there are.
     *
     * @return how many were delivered: 0 when the time passed without any, or a signal ended the waiting
     */
    public int poll(Duration timeout) {
        return delivered(LibBpf.ring_buffer__poll(pointer(), Math.toIntExact(timeout.toMillis())));
    }

    /** Delivers the events there are without waiting; answers how many. */
    public int consume() {
        return delivered(LibBpf.ring_buffer__consume(pointer()));
    }

    @Override
    public void close() {
        Pointer open = ring;
        if (open != null) {
            ring = null;
            LibBpf.ring_buffer__free(open);
        }
    }

    private int deliver(@Nullable Pointer context, Pointer data, long size) {
        try {
            consumer.accept(data.getByteBuffer(0, size).asReadOnlyBuffer().order(ByteOrder.nativeOrder()));
            return 0;
        } catch (RuntimeException e) {
            // It cannot travel through libbpf's frames; delivered() throws it.
            failure = e;
            return STOP;
        }
    }

    private int delivered(int result) {
        RuntimeException thrown = failure;
        if (thrown != null) {
            failure = null;
            throw thrown;
        }
        if (result == -Errno.EINTR.code()) {
            return 0;
        }
        if (result < 0) {
            throw new BpfException("read events from the", target, -result);
        }
        return result;
    }

    private Pointer pointer() {
        Pointer open = ring;
        if (open == null) {
            throw new IllegalStateException("The reader of the " + target + " is closed");
        }
        return open;
    }
}

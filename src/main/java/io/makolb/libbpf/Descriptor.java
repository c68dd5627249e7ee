package io.makolb.libbpf;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A file descriptor with one owner. Closing twice is harmless; using it after closing is an error, not a call on
 * whatever the kernel gave the same number to in the meantime.
 */
final class Descriptor implements AutoCloseable {

    private static final int CLOSED = -1;

    private final AtomicInteger fd;
    private final String target;

    Descriptor(int fd, String target) {
        this.fd = new AtomicInteger(fd);
        this.target = target;
    }

    /** A second descriptor of the same kernel object, which stays valid when the first one's owner closes it. */
    static Descriptor duplicate(int fd, String target) {
        int copy = Libc.fcntl(fd, Libc.F_DUPFD_CLOEXEC, 0);
        if (copy < 0) {
            throw new BpfException("duplicate the descriptor of", target, Native.getLastError());
        }
        return new Descriptor(copy, target);
    }

    /** Opens a pin and checks that it is an object of the kind wanted: descriptors themselves carry no type. */
    static Descriptor openPinned(Path pin, ObjectKind kind) {
        BpfLibrary.require();
        String target = kind.word() + " pinned at " + pin;
        int fd = LibBpf.bpf_obj_get(pin.toString());
        if (fd < 0) {
            throw new BpfException("open the", target, -fd);
        }
        Descriptor descriptor = new Descriptor(fd, target);
        if (!kind.matches(fd)) {
            descriptor.close();
            throw new BpfException(
                    "open the",
                    target,
                    Errno.EINVAL.code(),
                    "Something else than a " + kind.word() + " is pinned there.");
        }
        return descriptor;
    }

    int fd() {
        int value = fd.get();
        if (value == CLOSED) {
            throw new IllegalStateException("The " + target + " is closed");
        }
        return value;
    }

    String target() {
        return target;
    }

    void pin(Path path) {
        int error = LibBpf.bpf_obj_pin(fd(), path.toString());
        if (error < 0) {
            throw new BpfException("pin the", target + " at " + path, -error, pinRemedy(-error));
        }
    }

    /** Fills {@code info} with what the kernel tells about the object; fields the kernel does not know stay zero. */
    Pointer info(long size) {
        Scratch scratch = Scratch.ofThisThread();
        Pointer info = scratch.cleared(Scratch.Slot.VALUE, size);
        Pointer length = scratch.cleared(Scratch.Slot.COUNT, Integer.BYTES);
        length.setInt(0, Math.toIntExact(size));
        int error = LibBpf.bpf_obj_get_info_by_fd(fd(), info, length);
        if (error < 0) {
            throw new BpfException("read what the kernel knows about the", target, -error);
        }
        return info;
    }

    @Override
    public void close() {
        int value = fd.getAndSet(CLOSED);
        if (value != CLOSED) {
            // The descriptor is gone whatever close answers, and BPF objects have nothing left to write.
            Libc.close(value);
        }
    }

    static boolean unpin(Path path) {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the pin " + path + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable String pinRemedy(int errno) {
        return Errno.of(errno)
                .map(known -> switch (known) {
                    case EEXIST -> "Something is pinned there already: open that, or remove it first.";
                    case ENOENT -> "Create its directory first.";
                    case EINVAL, EPERM ->
                        "The directory must be on a mounted BPF file system (mount -t bpf) and writable.";
                    default -> null;
                })
                .orElse(null);
    }
}

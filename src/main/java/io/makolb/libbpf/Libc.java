package io.makolb.libbpf;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The few functions of the C library this binding cannot do without. They answer -1 and leave the reason in
 * {@code errno}.
 */
final class Libc {

    static {
        Native.register(Libc.class, "c");
    }

    private Libc() {}

    /** {@code F_DUPFD_CLOEXEC} of {@code linux/fcntl.h}. */
    static final int F_DUPFD_CLOEXEC = 1030;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_SHARED = 1;

    /** What {@link #mmap} answers on failure. */
    static final long MAP_FAILED = -1;

    static final int IF_NAMESIZE = 16;

    static native int close(int fd);

    /** {@code fcntl(2)} for the commands that take a number. */
    static native int fcntl(int fd, int command, long argument);

    static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

    static native int munmap(long address, long length);

    static native String strerror(int error);

    /** Writes the name, at most {@link #IF_NAMESIZE} bytes; null when the thread's network namespace has no such one. */
    static native @Nullable Pointer if_indextoname(int index, Pointer name);

    /** Formats into memory it allocates; its address is stored at {@code result} and is to be freed. */
    static native int vasprintf(Pointer result, Pointer format, Pointer args);

    static native void free(Pointer memory);
}

package io.makolb.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Declarations of the C library, directly mapped. The functions answer -1 on failure and leave the reason in
 * {@code errno}, to be read at once with {@code Native.getLastError()}.
 */
final class Libc {

    static {
        Native.register(Libc.class, "c");
    }

    static final int O_RDONLY = 0;
    static final int O_DIRECTORY = 0x10000;
    static final int O_CLOEXEC = 0x80000;

    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;

    static final int CLONE_NEWNET = 0x40000000;

    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_SOCKET = 1;
    static final int SO_RCVBUF = 8;
    static final int SO_RCVBUFFORCE = 33;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_NOSIGNAL = 0x4000;

    static final short POLLIN = 1;
    static final int EFD_CLOEXEC = 0x80000;

    static final int CLOCK_MONOTONIC_COARSE = 6;

    private Libc() {}

    static native int open(String path, int flags);

    static native int close(int fd);

    static native int flock(int fd, int operation);

    static native int setns(int fd, int type);

    static native int statfs(String path, Pointer result);

    static native int clock_getres(int clock, Pointer resolution);

    static native int clock_gettime(int clock, Pointer time);

    static native int socket(int domain, int type, int protocol);

    static native int bind(int fd, Pointer address, int length);

    static native int setsockopt(int fd, int level, int option, Pointer value, int length);

    static native long sendto(int fd, Pointer data, long size, int flags, @Nullable Pointer address, int length);

    static native long recv(int fd, Pointer data, long size, int flags);

    static native int poll(Pointer fds, long count, int timeoutMillis);

    static native int eventfd(int value, int flags);

    static native long write(int fd, Pointer data, long size);

    static native long syscall(long number, long first, long second, long third);

    static native String strerror(int error);
}

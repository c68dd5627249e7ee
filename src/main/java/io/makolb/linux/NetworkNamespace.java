package io.makolb.linux;

import java.nio.file.Path;

/** The network namespace of threads. Sockets stay in the namespace in which they were opened. */
public final class NetworkNamespace {

    private NetworkNamespace() {}

    /**
     * Moves the calling thread, and only it, for good. Never call it on a thread that others use: a pool's or main.
     *
     * @param namespace such as {@code /run/netns/NAME} or {@code /proc/PID/ns/net}
     */
    public static void enter(Path namespace) {
        int fd = Libc.open(namespace.toString(), Libc.O_RDONLY | Libc.O_CLOEXEC);
        if (fd < 0) {
            throw LinuxException.last("open the network namespace", namespace.toString());
        }
        try {
            if (Libc.setns(fd, Libc.CLONE_NEWNET) != 0) {
                throw LinuxException.last("enter the network namespace", namespace.toString());
            }
        } finally {
            Libc.close(fd);
        }
    }
}

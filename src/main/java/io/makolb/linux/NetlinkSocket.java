package io.makolb.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An rtnetlink socket. It belongs to the network namespace of the thread that opened it. Not for several threads. */
final class NetlinkSocket implements AutoCloseable {

    private static final int NETLINK_ROUTE = 0;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_EXT_ACK = 11;

    /** {@code struct sockaddr_nl}: family, padding, port, groups. */
    private static final int ADDRESS_SIZE = 12;

    private static final int ADDRESS_GROUPS = 8;

    /** The kernel fills at most 32 KiB per read when listing; a single message of a link can be larger than a page. */
    private static final int RECEIVE_ROOM = 128 * 1024;

    private static final String TARGET = "the rtnetlink socket";

    private final int fd;
    private final Memory received = new Memory(RECEIVE_ROOM);

    private NetlinkSocket(int fd) {
        this.fd = fd;
    }

    /**
     * Opens a socket.
     *
     * @param groups bits of the notification groups to listen to, bit n-1 for group n; 0 for none
     */
    static NetlinkSocket open(int groups) {
        int fd = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, NETLINK_ROUTE);
        if (fd < 0) {
            throw LinuxException.last("open", TARGET);
        }
        NetlinkSocket socket = new NetlinkSocket(fd);
        try (Memory address = new Memory(ADDRESS_SIZE)) {
            address.clear();
            address.setShort(0, (short) Libc.AF_NETLINK);
            address.setInt(ADDRESS_GROUPS, groups);
            if (Libc.bind(fd, address, ADDRESS_SIZE) != 0) {
                throw LinuxException.last("bind", TARGET);
            }
            socket.option(SOL_NETLINK, NETLINK_EXT_ACK, 1);
            return socket;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    int fd() {
        return fd;
    }

    /** Room for notifications that wait to be read, in bytes; without CAP_NET_ADMIN at most net.core.rmem_max. */
    void receiveBuffer(int bytes) {
        if (!tryOption(Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, bytes)) {
            option(Libc.SOL_SOCKET, Libc.SO_RCVBUF, bytes);
        }
    }

    void send(ByteBuffer message) {
        int size = message.remaining();
        try (Memory data = new Memory(size)) {
            data.getByteBuffer(0, size).put(message);
            if (Libc.sendto(fd, data, size, 0, null, 0) < 0) {
                throw LinuxException.last("send to", TARGET);
            }
        }
    }

    /**
     * Waits for what comes next.
     *
     * @return one or several whole messages, valid until the next call
     * @throws LinuxException ENOBUFS when notifications were lost because nobody read them in time
     */
    ByteBuffer receive() {
        return received.getByteBuffer(0, receive(0)).order(ByteOrder.nativeOrder());
    }

    /**
     * Throws away what waits to be read. After it has reported a loss, the kernel drops further notifications without
     * reporting them, until nothing waits any more.
     */
    void discardPending() {
        boolean more = true;
        while (more) {
            try {
                receive(Libc.MSG_DONTWAIT);
            } catch (LinuxException e) {
                more = e.errno() == Errno.ENOBUFS.code();
                if (!more && e.errno() != Errno.EAGAIN.code()) {
                    throw e;
                }
            }
        }
    }

    private long receive(int flags) {
        while (true) {
            long size = Libc.recv(fd, received, received.size(), flags);
            if (size >= 0) {
                return size;
            }
            int errno = Native.getLastError();
            if (errno != Errno.EINTR.code()) {
                throw new LinuxException("receive from", TARGET, errno);
            }
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
        received.close();
    }

    private void option(int level, int option, int value) {
        if (!tryOption(level, option, value)) {
            throw LinuxException.last("set option " + option + " of", TARGET);
        }
    }

    private boolean tryOption(int level, int option, int value) {
        Memory bytes = new Memory(Integer.BYTES);
        bytes.setInt(0, value);
        return Libc.setsockopt(fd, level, option, bytes, Integer.BYTES) == 0;
    }
}

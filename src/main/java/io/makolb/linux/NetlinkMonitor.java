package io.makolb.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.util.function.Consumer;

/**
 * Reports changes of links, addresses, routes and neighbours while they happen. It watches the network namespace of the
 * thread that starts it and calls its listener on a thread of its own, one event after the other.
 */
public final class NetlinkMonitor implements AutoCloseable {

    // RTNLGRP_... of linux/rtnetlink.h as bits
    private static final int GROUP_LINK = 1;
    private static final int GROUP_NEIGHBOUR = 1 << 2;
    private static final int GROUP_IPV4_ADDRESS = 1 << 4;
    private static final int GROUP_IPV4_ROUTE = 1 << 6;
    private static final int GROUP_IPV6_ADDRESS = 1 << 8;
    private static final int GROUP_IPV6_ROUTE = 1 << 10;
    private static final int GROUPS = GROUP_LINK
            | GROUP_NEIGHBOUR
            | GROUP_IPV4_ADDRESS
            | GROUP_IPV4_ROUTE
            | GROUP_IPV6_ADDRESS
            | GROUP_IPV6_ROUTE;

    /** Some thousand messages: a full routing table that changes overruns any buffer and is reported as lost. */
    private static final int RECEIVE_BUFFER = 1 << 20;

    private static final int POLLFD_SIZE = 8;
    private static final int POLLFD_EVENTS = 4;
    private static final int POLLFD_RESULT = 6;
    private static final int FOREVER = -1;

    private static final System.Logger LOGGER = System.getLogger(NetlinkMonitor.class.getName());

    private final Consumer<NetlinkEvent> listener;
    private final NetlinkSocket socket;
    private final int stop;
    private final Thread thread;
    private boolean ended;

    private NetlinkMonitor(Consumer<NetlinkEvent> listener) {
        this.listener = listener;
        this.socket = NetlinkSocket.open(GROUPS);
        try {
            this.socket.receiveBuffer(RECEIVE_BUFFER);
            this.stop = Libc.eventfd(0, Libc.EFD_CLOEXEC);
            if (stop < 0) {
                throw LinuxException.last("create", "an eventfd");
            }
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
        this.thread = new Thread(this::run, "mako-netlink");
        this.thread.setDaemon(true);
    }

    /** Starts watching. Every change made after this returns is reported. */
    public static NetlinkMonitor start(Consumer<NetlinkEvent> listener) {
        NetlinkMonitor monitor = new NetlinkMonitor(listener);
        monitor.thread.start();
        return monitor;
    }

    /** Ends watching. No listener is running any more when this returns, unless it is the listener that calls. */
    @Override
    public void close() {
        requestStop();
        if (Thread.currentThread() != thread) {
            joinUninterruptibly();
        }
    }

    private synchronized void requestStop() {
        if (ended) {
            return;
        }
        try (Memory one = new Memory(Long.BYTES)) {
            one.setLong(0, 1);
            if (Libc.write(stop, one, Long.BYTES) != Long.BYTES) {
                throw LinuxException.last("stop", "the netlink monitor");
            }
        }
    }

    private synchronized void release() {
        ended = true;
        socket.close();
        Libc.close(stop);
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread that waits on the descriptors is the one to close them. */
    private void run() {
        try (Memory pollFds = pollFds()) {
            while (awaitEvents(pollFds)) {
                deliverNext();
            }
        } catch (LinuxException e) {
            tell(new NetlinkEvent.Ended(e));
        } finally {
            release();
        }
    }

    private Memory pollFds() {
        Memory fds = new Memory(2 * POLLFD_SIZE);
        fds.clear();
        fds.setInt(0, socket.fd());
        fds.setShort(POLLFD_EVENTS, Libc.POLLIN);
        fds.setInt(POLLFD_SIZE, stop);
        fds.setShort(POLLFD_SIZE + POLLFD_EVENTS, Libc.POLLIN);
        return fds;
    }

    /** False when it is time to end. */
    private static boolean awaitEvents(Memory pollFds) {
        while (Libc.poll(pollFds, 2, FOREVER) < 0) {
            int errno = Native.getLastError();
            if (errno != Errno.EINTR.code()) {
                throw new LinuxException("wait for", "netlink events", errno);
            }
        }
        return pollFds.getShort(POLLFD_SIZE + POLLFD_RESULT) == 0;
    }

    private void deliverNext() {
        try {
            NetlinkMessage.parse(socket.receive()).stream()
                    .flatMap(message -> NetlinkEvent.parse(message).stream())
                    .forEach(this::tell);
        } catch (LinuxException e) {
            if (e.errno() != Errno.ENOBUFS.code()) {
                throw e;
            }
            socket.discardPending();
            tell(new NetlinkEvent.EventsLost());
        }
    }

    private void tell(NetlinkEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "The listener failed on " + event, e);
        }
    }
}

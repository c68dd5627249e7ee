package io.makolb.linux;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the service manager how the process is, see sd_notify(3). Without a service manager every call does nothing.
 */
public final class SdNotify {

    private static final String SOCKET = "NOTIFY_SOCKET";
    private static final String WATCHDOG_MICROSECONDS = "WATCHDOG_USEC";
    private static final String WATCHDOG_PROCESS = "WATCHDOG_PID";

    private final String socket;
    private final Optional<Duration> watchdogInterval;

    SdNotify(Map<String, String> environment, long process) {
        this.socket = environment.getOrDefault(SOCKET, "");
        this.watchdogInterval = watchdogInterval(environment, process);
    }

    /** Addressed to the service manager that started this process, if one did. */
    public static SdNotify fromEnvironment() {
        return new SdNotify(System.getenv(), ProcessHandle.current().pid());
    }

    /** Whether there is a service manager that listens. */
    public boolean isListening() {
        return !socket.isEmpty();
    }

    /** How often {@link #watchdog} must be called at the latest; half of it is a good interval. */
    public Optional<Duration> watchdogInterval() {
        return watchdogInterval;
    }

    /** The process serves now. */
    public void ready() {
        send("READY=1");
    }

    /** One line for {@code systemctl status}. */
    public void status(String line) {
        send("STATUS=" + line.replace('\n', ' '));
    }

    /** The process is about to end. */
    public void stopping() {
        send("STOPPING=1");
    }

    /** The process is alive. */
    public void watchdog() {
        send("WATCHDOG=1");
    }

    private void send(String message) {
        if (socket.isEmpty()) {
            return;
        }
        int fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw LinuxException.last("open a socket to", socket);
        }
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try (UnixSocketAddress address = UnixSocketAddress.of(socket);
                Memory data = new Memory(bytes.length)) {
            data.write(0, bytes, 0, bytes.length);
            if (Libc.sendto(fd, data, bytes.length, Libc.MSG_NOSIGNAL, address.memory(), address.length()) < 0) {
                throw LinuxException.last("send " + message + " to the service manager at", socket);
            }
        } finally {
            Libc.close(fd);
        }
    }

    private static Optional<Duration> watchdogInterval(Map<String, String> environment, long process) {
        String watched = environment.getOrDefault(WATCHDOG_PROCESS, String.valueOf(process));
        if (!watched.equals(String.valueOf(process))) {
            return Optional.empty();
        }
        return Optional.ofNullable(environment.get(WATCHDOG_MICROSECONDS))
                .map(microseconds -> Duration.ofNanos(Math.multiplyExact(Long.parseLong(microseconds), 1000L)));
    }
}

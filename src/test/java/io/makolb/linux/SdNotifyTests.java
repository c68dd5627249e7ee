package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SdNotifyTests {

    private static final long PROCESS = 4711;

    @Test
    void theServiceManagerHearsWhatItIsTold(@TempDir Path directory) {
        try (Listener listener = new Listener(directory.resolve("notify").toString())) {
            SdNotify notify = to(listener.address);
            assertThat(notify.isListening()).isTrue();
            notify.ready();
            assertThat(listener.next()).isEqualTo("READY=1");
            notify.status("forwarding\nfor 3 VIPs");
            assertThat(listener.next()).isEqualTo("STATUS=forwarding for 3 VIPs");
            notify.watchdog();
            assertThat(listener.next()).isEqualTo("WATCHDOG=1");
            notify.stopping();
            assertThat(listener.next()).isEqualTo("STOPPING=1");
        }
    }

    @Test
    void socketsWithoutAFileAreReachedToo() {
        String address = "@mako-test-" + ProcessHandle.current().pid();
        try (Listener listener = new Listener(address)) {
            to(address).ready();
            assertThat(listener.next()).isEqualTo("READY=1");
        }
    }

    @Test
    void withoutAServiceManagerNothingHappens() {
        SdNotify notify = new SdNotify(Map.of(), PROCESS);
        assertThat(notify.isListening()).isFalse();
        assertThat(notify.watchdogInterval()).isEmpty();
        assertThatNoException().isThrownBy(notify::ready);
    }

    @Test
    void aServiceManagerThatIsGoneIsReported(@TempDir Path directory) {
        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> to(directory.resolve("nobody").toString()).ready())
                .withMessageContainingAll("READY=1", "nobody", "(ENOENT)");
    }

    @Test
    void theWatchdogOfThisProcessIsRead() {
        Map<String, String> environment = Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "4711");
        assertThat(new SdNotify(environment, PROCESS).watchdogInterval()).contains(Duration.ofSeconds(30));
        assertThat(new SdNotify(environment, PROCESS + 1).watchdogInterval()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {108, 200})
    void anAddressThatDoesNotFitIsRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> to("/" + "x".repeat(length - 1)).ready());
    }

    private static SdNotify to(String address) {
        return new SdNotify(Map.of("NOTIFY_SOCKET", address), PROCESS);
    }

    /** The service manager's end. */
    private static final class Listener implements AutoCloseable {

        private final String address;
        private final int fd;

        Listener(String address) {
            this.address = address;
            this.fd = Libc.socket(Libc.AF_UNIX, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
            try (UnixSocketAddress place = UnixSocketAddress.of(address)) {
                assertThat(Libc.bind(fd, place.memory(), place.length())).isZero();
            }
        }

        String next() {
            try (Memory data = new Memory(256)) {
                int size = (int) Libc.recv(fd, data, data.size(), 0);
                return new String(data.getByteArray(0, size), StandardCharsets.UTF_8);
            }
        }

        @Override
        public void close() {
            Libc.close(fd);
        }
    }
}

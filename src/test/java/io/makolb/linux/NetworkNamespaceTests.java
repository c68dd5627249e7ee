package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateNetwork;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BpfTest
class NetworkNamespaceTests {

    @Test
    void onlyTheCallingThreadMoves() throws Exception {
        try (PrivateNetwork network = PrivateNetwork.create()) {
            network.addVeth("only-inside", "other");
            assertThat(network.call(NetworkNamespaceTests::linkIsThere)).isTrue();
            assertThat(linkIsThere()).isFalse();
        }
    }

    private static boolean linkIsThere() {
        try (Netlink netlink = Netlink.open()) {
            return netlink.link("only-inside").isPresent();
        }
    }

    @Test
    void whatIsNoNamespaceIsRefused(@TempDir Path directory) {
        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> NetworkNamespace.enter(directory))
                .withMessageContainingAll("enter the network namespace", directory.toString(), "(EINVAL)");
        assertThatExceptionOfType(LinuxException.class)
                .isThrownBy(() -> NetworkNamespace.enter(directory.resolve("nowhere")))
                .satisfies(e -> assertThat(e.isNotFound()).isTrue());
    }
}

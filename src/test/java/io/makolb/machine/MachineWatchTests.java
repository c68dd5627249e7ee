package io.makolb.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.makolb.model.Address;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.Observation.GatewayMac;
import io.makolb.model.Observation.LinkState;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A host and its router, one namespace each, with a cable between them. */
@BpfTest
class MachineWatchTests {

    private static final String OLD = "02:00:00:00:02:01";
    private static final String NEW = "02:00:00:00:02:99";

    /** Three unanswered unicast requests, then a broadcast, a second each; and a busy machine. */
    private static final Duration FOR_A_NEW_SEARCH = Duration.ofSeconds(60);

    /** It is the kernel's events that lead it to look, and nothing else. */
    private static final Duration UNLESS_THE_KERNEL_SAYS_SO = Duration.ofDays(1);

    private final List<Observation> observed = new CopyOnWriteArrayList<>();
    private final HostAddressBook addresses = new HostAddressBook();
    private final MachineWatch watch =
            new MachineWatch(observed::add, List.of("eth0"), true, addresses, UNLESS_THE_KERNEL_SAYS_SO);
    private PrivateNetwork host;
    private PrivateNetwork router;

    @BeforeEach
    void connect() throws Exception {
        host = PrivateNetwork.create();
        router = PrivateNetwork.create();
        plug();
    }

    @AfterEach
    void disconnect() {
        watch.stop();
        host.close();
        router.close();
    }

    @Test
    void theStartFindsOutTheRoutersMac() throws Exception {
        start();

        assertThat(observed).containsExactly(new LinkState("eth0", host.indexOf("eth0"), true), gateway(OLD));
        assertThat(addresses.now()).contains(Address.parse("10.99.0.2"));
    }

    @Test
    void anIpv6RouterIsTakenWhereThereIsNoOther() throws Exception {
        host.ip("route", "del", "default");
        host.ip("-6", "route", "add", "default", "via", "fd00:99::1", "dev", "eth0");

        start();

        assertThat(observed).contains(gateway(OLD));
    }

    @Test
    void withoutAnAnswerTheStartGoesOnAndTheGatewayIsReportedWhenItComes() throws Exception {
        router.ip("link", "set", "r0", "arp", "off");

        start();
        assertThat(observed).hasSize(1).first().isInstanceOf(LinkState.class);

        router.ip("link", "set", "r0", "arp", "on");
        await().atMost(FOR_A_NEW_SEARCH).until(() -> observed.contains(gateway(OLD)));
    }

    @Test
    void aRouterThatAnnouncesItsNewMacIsFollowed() throws Exception {
        start();

        router.call(() -> Files.writeString(Path.of("/proc/sys/net/ipv4/conf/r0/arp_notify"), "1"));
        router.ip("link", "set", "r0", "address", NEW);

        await().atMost(FOR_A_NEW_SEARCH).until(() -> observed.contains(gateway(NEW)));
    }

    @Test
    void aRouterThatChangesItsMacInSilenceIsFoundOutWhenTheOldOneGetsStale() throws Exception {
        start();

        router.ip("link", "set", "r0", "address", NEW);
        host.ip("neigh", "change", "10.99.0.1", "dev", "eth0", "lladdr", OLD, "nud", "stale");

        await().atMost(FOR_A_NEW_SEARCH).until(() -> observed.contains(gateway(NEW)));
        assertThat(observed.stream().filter(GatewayMac.class::isInstance)).containsExactly(gateway(OLD), gateway(NEW));
    }

    @Test
    void anotherDefaultRouteLeadsToAnotherGateway() throws Exception {
        host.ip("neigh", "add", "10.99.0.7", "dev", "eth0", "lladdr", NEW, "nud", "permanent");
        start();

        host.ip("route", "replace", "default", "via", "10.99.0.7");

        await().until(() -> observed.contains(gateway(NEW)));
    }

    @Test
    void anInterfaceThatIsDeletedAndCreatedAnewIsReportedWithItsNewIndex() throws Exception {
        start();
        int before = host.indexOf("eth0");

        host.ip("link", "del", "eth0");
        await().until(() -> observed.contains(new LinkState("eth0", 0, false)));
        plug();

        int after = host.indexOf("eth0");
        assertThat(after).isNotEqualTo(before);
        await().until(() -> observed.contains(new LinkState("eth0", after, true)));
    }

    @Test
    void addressesOfTheHostAreFollowed() throws Exception {
        start();
        Address added = Address.parse("10.99.0.77");
        assertThat(addresses.now()).doesNotContain(added);

        host.ip("address", "add", "10.99.0.77/32", "dev", "lo");
        await().until(() -> addresses.now().contains(added));

        host.ip("address", "del", "10.99.0.77/32", "dev", "lo");
        await().until(() -> !addresses.now().contains(added));
    }

    @Test
    void nothingIsReportedAfterTheStop() throws Exception {
        start();
        watch.stop();
        observed.clear();

        host.ip("link", "set", "eth0", "down");

        assertThat(watch.isRunning()).isFalse();
        assertThat(observed).isEmpty();
    }

    private void start() throws Exception {
        host.call(() -> {
            watch.start();
            return null;
        });
    }

    /** No address is checked for being unique: that takes time, and ends with an event that leads the watch to look. */
    private void plug() {
        host.ip("link", "add", "eth0", "type", "veth", "peer", "name", "r0", "netns", router.name());
        router.ip("link", "set", "r0", "address", OLD, "addrgenmode", "none");
        router.ip("link", "set", "r0", "up");
        router.ip("address", "add", "10.99.0.1/24", "dev", "r0");
        router.ip("address", "add", "fd00:99::1/64", "dev", "r0", "nodad");
        router.ip("address", "add", "fe80::1/64", "dev", "r0", "nodad");
        host.ip("link", "set", "eth0", "addrgenmode", "none");
        host.ip("link", "set", "eth0", "up");
        host.ip("address", "add", "10.99.0.2/24", "dev", "eth0");
        host.ip("address", "add", "fd00:99::2/64", "dev", "eth0", "nodad");
        host.ip("address", "add", "fe80::2/64", "dev", "eth0", "nodad");
        host.ip("route", "add", "default", "via", "10.99.0.1");
    }

    private static Observation gateway(String mac) {
        return new GatewayMac("eth0", Optional.of(MacAddress.parse(mac)));
    }
}

package io.makolb.plane;

import static io.makolb.plane.PlaneScene.LIMITS;
import static io.makolb.plane.PlaneScene.UPLINK;
import static io.makolb.plane.TestMachine.INTERFACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.libbpf.BpfMap;
import io.makolb.model.AttachMode;
import io.makolb.model.MacAddress;
import io.makolb.sandbox.BpfTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the program runs, what becomes of it when interfaces come and go, and the sentences when it may not. */
@BpfTest
class PlaneAttachmentTests {

    private TestMachine machine;

    @BeforeEach
    void begin() throws Exception {
        machine = new TestMachine();
    }

    @AfterEach
    void end() {
        machine.close();
    }

    private KernelPlane open() {
        return machine.open(machine.properties(LIMITS));
    }

    @Test
    void anInterfaceThatWasDeletedAndCreatedAnewIsAttachedAnew() {
        try (KernelPlane plane = open()) {
            PlaneScene.begin(machine.fromInside(plane));
        }
        machine.network().ip("link", "del", INTERFACE);
        try (KernelPlane plane = open()) {
            ForwardingPlane inside = machine.fromInside(plane);
            assertThat(inside.facts().attachments()).containsExactly(new PlaneFacts.Attachment(INTERFACE, 0, "", 0, 0));
            machine.network().addVeth(INTERFACE, "router");

            PlanDraft draft = new PlanDraft(inside.read()).changeInterface(INTERFACE, UPLINK);
            PlaneScene.apply(inside, draft, 2);

            assertThat(inside.facts().attachments()).singleElement().satisfies(attachment -> {
                assertThat(attachment.index()).isEqualTo(machine.network().indexOf(INTERFACE));
                assertThat(attachment.mode()).isEqualTo("NATIVE");
            });
            assertThat(machine.network().ip("link", "show", "dev", INTERFACE))
                    .contains("prog/xdp id " + inside.facts().programId());
        }
    }

    @Test
    void anInterfaceThatIsMissingIsLeftForLaterWhenThePlaneIsThere() {
        try (KernelPlane plane = open()) {
            PlaneScene.begin(machine.fromInside(plane));
        }
        machine.network().ip("link", "del", INTERFACE);
        try (KernelPlane plane = open()) {
            ForwardingPlane inside = machine.fromInside(plane);

            PlaneScene.apply(inside, new PlanDraft(inside.read()).changeInterface(INTERFACE, UPLINK), 2);

            assertThat(inside.facts().attachments())
                    .singleElement()
                    .satisfies(attachment -> assertThat(attachment.linkId()).isZero());
        }
    }

    @Test
    void aRenamedInterfaceKeepsItsProgram() {
        try (KernelPlane plane = open()) {
            PlaneScene.begin(machine.fromInside(plane));
        }
        int index = machine.network().indexOf(INTERFACE);
        machine.network().ip("link", "set", INTERFACE, "down");
        machine.network().ip("link", "set", INTERFACE, "name", "lan0", "up");
        try (KernelPlane plane = open()) {
            ForwardingPlane inside = machine.fromInside(plane);
            assertThat(inside.read().interfaces().get(INTERFACE))
                    .isNotNull()
                    .satisfies(image -> assertThat(image.satisfies(UPLINK)).isTrue());

            InterfaceImage gone = new InterfaceImage(false, AttachMode.AUTO, UPLINK.gateway());
            PlaneScene.apply(inside, new PlanDraft(inside.read()).changeInterface(INTERFACE, gone), 2);

            assertThat(inside.facts().attachments())
                    .singleElement()
                    .satisfies(attachment -> assertThat(attachment.index()).isEqualTo(index));
            assertThat(machine.network().ip("link", "show", "dev", "lan0")).contains("prog/xdp");
        }
    }

    @Test
    void anInterfaceNameMayHaveADot() {
        machine.network().ip("link", "add", "up.100", "type", "veth", "peer", "name", "peer.100");
        machine.open(machine.properties(LIMITS, AttachMode.AUTO, "up.100")).close();

        try (KernelPlane plane = machine.open(machine.properties(LIMITS, AttachMode.AUTO, "up.100"))) {
            assertThat(machine.fromInside(plane).facts().attachments())
                    .singleElement()
                    .satisfies(attachment -> assertThat(attachment.linkId()).isPositive());
        }
    }

    @Test
    void severalInterfacesHaveTheirOwnGateways() {
        machine.network().addVeth("second", "peer");
        MacAddress other = MacAddress.parse("02:00:00:00:02:02");
        InterfaceImage second = new InterfaceImage(true, AttachMode.GENERIC, Optional.of(other));
        DataplaneProperties properties = machine.properties(LIMITS, AttachMode.AUTO, INTERFACE, "second");
        PlaneImage image;
        try (KernelPlane plane = machine.open(properties)) {
            ForwardingPlane inside = machine.fromInside(plane);
            PlaneScene.apply(
                    inside,
                    new PlanDraft(inside.read())
                            .changeInterface(INTERFACE, UPLINK)
                            .changeInterface("second", second),
                    1);
            image = inside.read();
        }

        assertThat(image.interfaces()).containsEntry("second", second);
        assertThat(image.interfaces().get(INTERFACE))
                .isNotNull()
                .satisfies(uplink -> assertThat(uplink.gateway()).isEqualTo(UPLINK.gateway()));
        try (KernelPlane plane = machine.open(properties)) {
            assertThat(machine.fromInside(plane).read()).isEqualTo(image);
        }
    }

    @Test
    void autoFallsBackToTheNetworkStack() {
        try (KernelPlane plane = machine.open(machine.properties(LIMITS, AttachMode.AUTO, "lo"))) {
            assertThat(machine.fromInside(plane).facts().attachments())
                    .singleElement()
                    .satisfies(attachment -> assertThat(attachment.mode()).isEqualTo("GENERIC"));
        }
    }

    @Test
    void aModeThatIsRefusedLeavesTheOldOneInForce() {
        machine.network().ip("link", "set", INTERFACE, "mtu", "9000");
        machine.network().ip("link", "set", "router", "mtu", "9000");
        try (KernelPlane plane = open()) {
            ForwardingPlane inside = machine.fromInside(plane);
            PlaneImage image = inside.read();
            InterfaceImage inDriver = new InterfaceImage(true, AttachMode.NATIVE, Optional.empty());
            StagedPlan staged = inside.stage(
                    new PlanDraft(image).changeInterface(INTERFACE, inDriver).plan(2));

            assertThatExceptionOfType(AttachRefusedException.class).isThrownBy(staged::switchOver);

            staged.abandon();
            assertThat(inside.read()).isEqualTo(image);
            assertThat(image.interfaces().get(INTERFACE))
                    .isEqualTo(new InterfaceImage(true, AttachMode.GENERIC, Optional.empty()));
        }
    }

    @Test
    void whenOneInterfaceIsRefusedTheOthersAreLeftAsTheyWere() {
        machine.network().addVeth("second", "peer");
        machine.network().ip("link", "set", "second", "mtu", "9000");
        machine.network().ip("link", "set", "peer", "mtu", "9000");

        assertRefused(
                machine.properties(LIMITS, AttachMode.NATIVE, INTERFACE, "second"),
                AttachRefusedException.class,
                "The program cannot run on second");
        assertThat(machine.network().ip("link", "show", "dev", INTERFACE)).doesNotContain("xdp");
    }

    @Test
    void loHasNoDriver() {
        assertRefused(
                machine.properties(LIMITS, AttachMode.NATIVE, "lo"),
                AttachRefusedException.class,
                "lo has no driver",
                "GENERIC");
    }

    @Test
    void anMtuThatTheDriverDoesNotTakeIsNamed() {
        machine.network().ip("link", "set", INTERFACE, "mtu", "9000");
        machine.network().ip("link", "set", "router", "mtu", "9000");

        assertRefused(
                machine.properties(LIMITS, AttachMode.NATIVE, INTERFACE),
                AttachRefusedException.class,
                "MTU of 9000",
                "ip link set uplink mtu 1500");
    }

    @Test
    void anInterfaceThatDoesNotExistIsNamedAmongThoseThatDo() {
        assertRefused(
                machine.properties(LIMITS, AttachMode.AUTO, "eth7"),
                InterfaceMissingException.class,
                "'eth7'",
                "lo, router, uplink");
    }

    @Test
    void anotherProgramOnTheInterfaceIsNamed() {
        Path other = Path.of("target/classes/bpf/pass.bpf.o");
        machine.network().ip("link", "set", INTERFACE, "xdp", "obj", other.toString(), "sec", "xdp");

        assertRefused(
                machine.properties(LIMITS),
                AttachRefusedException.class,
                "another XDP program (id ",
                "ip link set uplink xdp off");
    }

    @Test
    void aSecondMakoIsRefusedByTheNameOfTheFirst() {
        try (KernelPlane first = open()) {
            assertThatExceptionOfType(PinDirectoryLockedException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining(machine.pins().toString())
                    .withMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(machine.fromInside(first).read().vips()).isEmpty();
        }
    }

    @Test
    void aDirectoryThatIsNotOnABpfFileSystemIsRefused() throws Exception {
        Path directory = Files.createTempDirectory("mako");
        DataplaneProperties properties = new DataplaneProperties(
                machine.properties(LIMITS).interfaces(),
                AttachMode.AUTO,
                "auto",
                directory.resolve("pins"),
                false,
                16,
                64,
                4099,
                4000,
                100_000,
                3_000_000,
                6,
                "auto");

        assertThatExceptionOfType(NotBpfFileSystemException.class)
                .isThrownBy(() -> machine.open(properties))
                .withMessageContaining("mount -t bpf");
        Files.delete(directory);
    }

    @Test
    void otherSizesThanThePinnedOnesAreRefusedWithTheirProperty() {
        open().close();

        assertThatExceptionOfType(ForeignLayoutException.class)
                .isThrownBy(() -> machine.open(machine.properties(new PlaneLimits(512, 64, 131_072, 4_099, 6, 10_000))))
                .withMessageContaining("mako.dataplane.max-vips");
        assertThatExceptionOfType(ForeignLayoutException.class)
                .isThrownBy(() -> machine.open(machine.properties(new PlaneLimits(16, 64, 131_072, 65_537, 6, 10_000))))
                .withMessageContaining("mako.dataplane.ring-size");
    }

    @Test
    void anotherLayoutIsLeftAlone() {
        open().close();
        try (BpfMap meta = BpfMap.openPinned(machine.pins().resolve(PlaneMaps.META))) {
            ByteBuffer record = ByteBuffer.allocate(MapLayout.Meta.SIZE).order(ByteOrder.nativeOrder());
            meta.lookup(0, record);
            record.putInt(MapLayout.Meta.LAYOUT_VERSION, MapLayout.VERSION + 1);
            meta.update(0, record);
        }

        assertThatExceptionOfType(ForeignLayoutException.class)
                .isThrownBy(this::open)
                .withMessageContaining(
                        "has layout " + (MapLayout.VERSION + 1) + ", this version of Mako has " + MapLayout.VERSION)
                .withMessageContaining("forwards on");
        assertThat(machine.network().ip("link", "show", "dev", INTERFACE)).contains("prog/xdp");
    }

    /** The first start fails with these words, and leaves nothing behind. */
    private void assertRefused(
            DataplaneProperties properties, Class<? extends PlaneStartException> type, String... words) {
        assertThatExceptionOfType(type)
                .isThrownBy(() -> machine.open(properties))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
        assertThat(machine.pins()).isEmptyDirectory();
    }
}

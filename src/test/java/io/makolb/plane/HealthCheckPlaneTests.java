package io.makolb.plane;

import static io.makolb.plane.PlaneScene.LIMITS;
import static io.makolb.plane.TestMachine.INTERFACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.libbpf.BpfObject;
import io.makolb.libbpf.BpfProgram;
import io.makolb.libbpf.TcFilter;
import io.makolb.model.Address;
import io.makolb.model.HealthMark;
import io.makolb.reference.Bytes;
import io.makolb.reference.Ip;
import io.makolb.reference.ReferenceHealthCheck;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.Commands;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The health-check program on a machine: where it is attached, with what, and what of it the next process finds. */
@BpfTest
class HealthCheckPlaneTests {

    private static final HealthCheckImage MARKED = image(Map.of(1000L, "10.0.0.1"), INTERFACE);

    private TestMachine machine;
    private @Nullable KernelPlane plane;

    @BeforeEach
    void begin() throws Exception {
        machine = new TestMachine();
        machine.network().ip("addr", "add", "10.77.2.2/24", "dev", INTERFACE);
        machine.network().ip("addr", "add", "fd77:2::2/64", "dev", INTERFACE, "nodad");
    }

    @AfterEach
    void end() {
        close();
        machine.close();
    }

    @Test
    void theProgramIsAttachedWithThePlane() {
        HealthCheckFacts facts = open(TestMachine.HEALTHCHECK).facts().healthChecks();

        assertThat(facts.programId()).isPositive();
        assertThat(facts.attachments()).containsExactly(new HealthCheckFacts.Attachment(INTERFACE, "TCX"));
        assertThat(facts.sourceV4()).contains(Address.parse("10.77.2.2"));
        assertThat(facts.sourceV6()).contains(Address.parse("fd77:2::2"));
        assertThat(facts.reachesV4() && facts.reachesV6()).isTrue();
    }

    @Test
    void theNextProcessTakesOverWithoutAWrite() {
        ForwardingPlane before = open(TestMachine.HEALTHCHECK);
        apply(before, MARKED);
        HealthCheckFacts facts = before.facts().healthChecks();
        PlaneImage image = before.read();

        ForwardingPlane after = open(TestMachine.HEALTHCHECK);
        apply(after, MARKED);

        assertThat(after.read()).isEqualTo(image);
        assertThat(after.facts().healthChecks()).isEqualTo(facts);
        assertThat(kernelPlane().writes()).isZero();
    }

    @Test
    void otherSettingsAreAnotherProgramAtTheSamePlace() {
        int program = open(TestMachine.HEALTHCHECK).facts().healthChecks().programId();
        HealthCheckProperties crafted =
                new HealthCheckProperties(true, HealthCheckEncapsulation.DIRECT, null, null, null, true);

        ForwardingPlane after = open(crafted);
        assertThat(after.read().healthChecks().interfaces()).isEmpty();
        apply(after, MARKED);

        HealthCheckFacts facts = after.facts().healthChecks();
        assertThat(facts.programId()).isNotEqualTo(program).isPositive();
        assertThat(facts.attachments()).hasSize(1);
        assertThat(after.read().healthChecks()).isEqualTo(MARKED);
        byte[] v4 = ReferenceHealthCheck.craftedV4(Bytes.of(172, 16), Ip.of("10.77.2.2"));
        byte[] v6 = ReferenceHealthCheck.craftedV6(Bytes.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), Ip.of("fd77:2::2"));
        assertThat(facts.sourceV4()).contains(Address.ofBytes(v4));
        assertThat(facts.sourceV6()).contains(Address.ofBytes(v6));
    }

    @Test
    void switchedOffItLeavesTheInterfaceAndKeepsTheMarks() {
        apply(open(TestMachine.HEALTHCHECK), MARKED);
        HealthCheckProperties off =
                new HealthCheckProperties(false, HealthCheckEncapsulation.DIRECT, null, null, null, false);

        ForwardingPlane after = open(off);
        assertThat(after.read().healthChecks()).isEqualTo(MARKED);
        HealthCheckImage detached = image(Map.of(1000L, "10.0.0.1"));
        apply(after, detached);

        assertThat(after.read().healthChecks()).isEqualTo(detached);
        assertThat(after.facts().healthChecks().enabled()).isFalse();
        assertThat(after.facts().healthChecks().attachments()).isEmpty();
    }

    @Test
    void anotherInterfaceTakesOver() {
        machine.network().addVeth("checks", "checked");
        apply(open(TestMachine.HEALTHCHECK), MARKED);
        HealthCheckProperties other =
                new HealthCheckProperties(true, HealthCheckEncapsulation.DIRECT, "checks", null, null, false);

        ForwardingPlane after = open(other);
        apply(after, image(Map.of(1000L, "10.0.0.1"), "checks"));

        assertThat(after.facts().healthChecks().attachments())
                .containsExactly(new HealthCheckFacts.Attachment("checks", "TCX"));
        assertThat(after.facts().healthChecks().reachesV4()).isFalse();
    }

    @Test
    void anInterfaceMadeAnewIsAttachedAgain() {
        ForwardingPlane before = open(TestMachine.HEALTHCHECK);
        apply(before, MARKED);
        machine.network().ip("link", "del", INTERFACE);
        machine.network().addVeth(INTERFACE, "router");

        assertThat(before.read().healthChecks().interfaces()).isEmpty();
        apply(before, MARKED);

        assertThat(before.read().healthChecks()).isEqualTo(MARKED);
    }

    @Test
    void whereThereAreNoLinksTheProgramIsAFilterThatTheNextProcessKnows() {
        close();
        machine.inside(() -> {
            KernelWrites writes = new KernelWrites();
            try (PinDirectory pins = PinDirectory.open(machine.pins());
                    BpfObject object = BpfObject.open("egress", ObjectFiles.read("egress"))) {
                object.load();
                try (BpfProgram idle = object.program("idle");
                        BpfProgram note = object.program("note")) {
                    EgressAttachment first = filter(pins, writes);
                    first.attach(idle);
                    assertThat(first.programId()).hasValue(idle.info().id());
                    assertThat(first.way()).isEqualTo("CLSACT");

                    EgressAttachment next = filter(pins, writes);
                    assertThat(next.programId()).hasValue(idle.info().id());
                    next.attach(note);
                    assertThat(next.programId()).hasValue(note.info().id());

                    next.detach();
                    assertThat(next.programId()).isEmpty();
                    assertThat(TcFilter.egress(MachineInterfaces.index(INTERFACE))
                                    .programId())
                            .isEmpty();
                    assertThat(pins.names()).noneMatch(name -> name.startsWith(EgressAttachment.PIN_PREFIX));
                }
            }
            return writes;
        });
    }

    @Test
    void aFilterOfSomebodyElseStays() {
        machine.inside(() -> {
            try (PinDirectory pins = PinDirectory.open(machine.pins());
                    BpfObject object = BpfObject.open("egress", ObjectFiles.read("egress"))) {
                object.load();
                try (BpfProgram idle = object.program("idle");
                        BpfProgram note = object.program("note")) {
                    TcFilter theirs = TcFilter.egress(MachineInterfaces.index(INTERFACE));
                    theirs.attach(idle);

                    assertThatExceptionOfType(PlaneException.class)
                            .isThrownBy(() -> filter(pins, new KernelWrites()).attach(note))
                            .withMessageContaining("tc filter del dev " + INTERFACE + " egress pref 2307");
                    assertThat(theirs.programId()).hasValue(idle.info().id());
                }
            }
            return 0;
        });
    }

    @Test
    void tunnelsMustBeThere() {
        HealthCheckProperties tunnel =
                new HealthCheckProperties(true, HealthCheckEncapsulation.TUNNEL, null, "ipip0", null, false);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> open(tunnel))
                .withMessageContainingAll(
                        "mako.healthcheck.tunnel-v4",
                        "ipip0",
                        "there is no such device, and a kernel without the module ipip cannot have one",
                        "ip link add ipip0 type ipip external");
        assertThat(machine.network().ip("link", "show", "dev", INTERFACE)).doesNotContain("xdp");
    }

    @Test
    void whatIsNoTunnelIsRefused() {
        HealthCheckProperties tunnel =
                new HealthCheckProperties(true, HealthCheckEncapsulation.TUNNEL, null, null, INTERFACE, false);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> open(tunnel))
                .withMessageContainingAll("mako.healthcheck.tunnel-v6", "it is not a device of type ip6tnl");
    }

    @Test
    void anInterfaceThatIsNotThereStopsTheFirstStart() {
        HealthCheckProperties missing =
                new HealthCheckProperties(true, HealthCheckEncapsulation.DIRECT, "nowhere", null, null, false);

        assertThatExceptionOfType(InterfaceMissingException.class)
                .isThrownBy(() -> open(missing))
                .withMessageContaining("nowhere");
    }

    @Test
    void theProgramIsLoadedForWhatTheMachineIsLikeNow() {
        machine.network().ip("addr", "del", "10.77.2.2/24", "dev", INTERFACE);
        ForwardingPlane before = open(TestMachine.HEALTHCHECK);
        assertThat(before.facts().healthChecks().reachesV4()).isFalse();
        machine.network().ip("addr", "add", "10.77.2.9/24", "dev", INTERFACE);

        before.reload();

        assertThat(before.facts().healthChecks().sourceV4()).isEqualTo(Optional.of(Address.parse("10.77.2.9")));
        assertThat(before.read().healthChecks().interfaces()).containsExactly(INTERFACE);
    }

    @Test
    void itLeavesWithThePlaneWhereThatIsWanted() {
        close();
        DataplaneProperties kept = machine.properties(LIMITS);
        DataplaneProperties leaving = new DataplaneProperties(
                kept.interfaces(),
                kept.mode(),
                kept.gatewayMac(),
                kept.pinPath(),
                true,
                kept.maxVips(),
                kept.maxReals(),
                kept.ringSize(),
                kept.connectionTableSize(),
                kept.globalConnectionTableSize(),
                kept.maxSourceRoutes(),
                kept.maxDecapDestinations(),
                kept.forwardingCores());
        machine.open(leaving).close();

        assertThat(Commands.run("ip", "netns", "exec", machine.network().name(), "bpftool", "net", "show"))
                .doesNotContain("mako");
        assertThat(open(TestMachine.HEALTHCHECK).read().healthChecks().interfaces())
                .isEmpty();
    }

    private static HealthCheckImage image(Map<Long, String> marks, String... interfaces) {
        TreeMap<HealthMark, Address> reals = new TreeMap<>();
        marks.forEach((mark, real) -> reals.put(new HealthMark(mark), Address.parse(real)));
        return new HealthCheckImage(reals, new TreeSet<>(), new TreeSet<>(List.of(interfaces)));
    }

    private ForwardingPlane open(HealthCheckProperties properties) {
        close();
        KernelPlane opened = machine.open(machine.properties(LIMITS), properties);
        plane = opened;
        return machine.fromInside(opened);
    }

    private KernelPlane kernelPlane() {
        return Objects.requireNonNull(plane);
    }

    private void close() {
        KernelPlane open = plane;
        if (open != null) {
            plane = null;
            open.close();
        }
    }

    private static EgressAttachment filter(PinDirectory pins, KernelWrites writes) {
        return new EgressAttachment(INTERFACE, List.of(new EgressFilter(INTERFACE, pins)), writes);
    }

    private static void apply(ForwardingPlane plane, HealthCheckImage wanted) {
        StagedPlan staged = plane.stage(
                new PlanDraft(plane.read()).changeHealthChecks(wanted).plan(1));
        staged.switchOver();
        staged.verify();
    }
}

package io.makolb.plane;

import static io.makolb.plane.PlaneScene.LIMITS;
import static io.makolb.plane.PlaneScene.R1;
import static io.makolb.plane.PlaneScene.R2;
import static io.makolb.plane.PlaneScene.UPLINK;
import static io.makolb.plane.PlaneScene.WEB;
import static io.makolb.plane.TestMachine.INTERFACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.libbpf.BpfProgram;
import io.makolb.model.Address;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next process finds, and what it leaves alone. */
@BpfTest
class PlaneAdoptionTests {

    private TestMachine machine;
    private KernelPlane plane;
    private ForwardingPlane inside;

    @BeforeEach
    void begin() throws Exception {
        machine = new TestMachine();
        use(machine.open(machine.properties(LIMITS)));
        PlaneScene.begin(inside);
        inside.claim(UUID.randomUUID(), 1);
    }

    @AfterEach
    void end() {
        plane.close();
        machine.close();
    }

    private void use(KernelPlane opened) {
        plane = opened;
        inside = machine.fromInside(opened);
    }

    private void takeOver() {
        plane.close();
        use(machine.open(machine.properties(LIMITS)));
    }

    @Test
    void anUnchangedRestartWritesNothing() throws Exception {
        PlaneImage image = inside.read();
        List<PlaneFacts.Attachment> attachments = inside.facts().attachments();
        Map<String, String> digests = digests();
        int program = inside.facts().programId();

        takeOver();
        StagedPlan nothing = inside.stage(new PlanDraft(inside.read()).plan(1));
        nothing.switchOver();
        nothing.verify();
        inside.claim(inside.meta().orElseThrow().storeId(), 1);

        assertThat(inside.read()).isEqualTo(image);
        assertThat(plane.writes()).isZero();
        assertThat(digests()).isEqualTo(digests);
        assertThat(inside.facts().attachments()).isEqualTo(attachments);
        assertThat(inside.facts().programId()).isEqualTo(program);
    }

    @Test
    void onlyTheDifferenceIsWritten() throws Exception {
        Map<String, String> digests = digests();
        takeOver();

        PlaneScene.apply(inside, new PlanDraft(inside.read()).changeReal(R1, true), 2);

        // The real, and the revision in the plane's description.
        assertThat(plane.writes()).isEqualTo(2);
        assertThat(digests()).allSatisfy((name, digest) -> {
            if (!name.equals(PlaneMaps.REALS) && !name.equals(PlaneMaps.META)) {
                assertThat(digests).containsEntry(name, digest);
            }
        });
    }

    @Test
    void aProcessThatDiesBetweenStageAndSwitchHarmsNobody() {
        List<Optional<Address>> before = destinations();
        inside.stage(new PlanDraft(inside.read())
                .changeMembers(WEB, Map.of(R1, 1))
                .retireVip(PlaneScene.DNS)
                .plan(2));
        assertThat(destinations()).isEqualTo(before);

        takeOver();

        assertThat(destinations()).isEqualTo(before);
    }

    @Test
    void aProcessThatDiedBetweenTableAndRowsIsFinishedByTheNext() {
        PlaneImage image = inside.read();
        int generation = controlGeneration();
        PlaneScene.apply(inside, new PlanDraft(image).retireVip(WEB), 2);
        putGeneration(generation);
        // The tables find the VIP again, and its row says that it is retired.
        takeOver();

        PlaneImage found = inside.read();
        assertThat(found.vips()).doesNotContainKey(WEB);
        PlaneImage repaired = PlaneScene.apply(inside, new PlanDraft(found).enterVip(WEB, Map.of(R1, 10, R2, 20)), 3);

        assertThat(inside.read()).isEqualTo(repaired);
        assertThat(repaired.vips().get(WEB)).isEqualTo(image.vips().get(WEB));
    }

    @Test
    void otherSettingsReplaceTheProgramAndKeepEverythingElse() {
        PlaneFacts facts = inside.facts();
        PlaneImage image = inside.read();
        ForwardingProperties patient = TestProperties.forwarding("udp-timeout", "60s");
        plane.close();
        use(machine.open(machine.properties(LIMITS), patient));

        PlaneImage found = inside.read();
        assertThat(found.interfaces().get(INTERFACE))
                .isNotNull()
                .satisfies(uplink -> assertThat(uplink.satisfies(UPLINK)).isFalse());
        assertThat(plane.writes()).isZero();
        assertThat(inside.facts().attachments()).isEqualTo(facts.attachments());
        PlaneScene.apply(inside, new PlanDraft(found).changeInterface(INTERFACE, UPLINK), 2);

        assertThat(inside.read().vips()).isEqualTo(image.vips());
        assertThat(inside.facts().programId()).isNotEqualTo(facts.programId());
        assertThat(inside.facts().attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.linkId()).isEqualTo(facts.attachments().get(0).linkId());
            assertThat(attachment.programId()).isEqualTo(inside.facts().programId());
        });
        plane.close();
        use(machine.open(machine.properties(LIMITS), patient));
        assertThat(inside.read().interfaces().get(INTERFACE))
                .isNotNull()
                .satisfies(uplink -> assertThat(uplink.satisfies(UPLINK)).isTrue());
    }

    @Test
    void whatAProcessLeftThatDiedWhileCreatingIsReplaced() throws Exception {
        plane.close();
        for (Path pin : pins()) {
            String name = pin.getFileName().toString();
            if (name.equals(PlaneMaps.META) || name.equals(PlaneMaps.RINGS) || name.startsWith("link_")) {
                Files.delete(pin);
            }
        }

        use(machine.open(machine.properties(LIMITS)));

        assertThat(inside.meta()).isEmpty();
        assertThat(inside.read().vips()).isEmpty();
        PlaneImage again = PlaneScene.begin(inside);
        assertThat(inside.read().vips()).isEqualTo(again.vips());
    }

    @Test
    void aCpuWithoutAConnectionTableUsesTheFallback() throws Exception {
        plane.close();
        wipe();
        DataplaneProperties kept = machine.properties(LIMITS);
        use(machine.open(new DataplaneProperties(
                kept.interfaces(),
                kept.mode(),
                kept.gatewayMac(),
                kept.pinPath(),
                false,
                kept.maxVips(),
                kept.maxReals(),
                kept.ringSize(),
                kept.connectionTableSize(),
                kept.globalConnectionTableSize(),
                kept.maxSourceRoutes(),
                kept.maxDecapDestinations(),
                "1")));
        PinnedThread.to(0);
        PlaneScene.begin(inside);
        int real = Objects.requireNonNull(inside.read().reals().get(R1)).index();
        destinations();
        List<Optional<Address>> before = destinations();
        PlaneScene.apply(
                inside,
                new PlanDraft(inside.read()).changeMembers(WEB, Map.of(R2, 1)).retireReal(R1),
                2);

        inside.purge(Set.of(), Set.of(real));

        assertThat(inside.counters().cpus().get(0).get(PlaneCounter.FALLBACK_PACKETS))
                .isEqualTo(2L * before.size());
        assertThat(destinations()).allMatch(to -> to.equals(Optional.of(R2)));
    }

    @Test
    void detachOnExitLeavesTheTablesAndTakesTheProgramOff() {
        plane.close();
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

        assertThat(machine.network().ip("link", "show", "dev", INTERFACE)).doesNotContain("xdp");
        use(machine.open(kept));
        assertThat(inside.read().vips()).containsKey(WEB);
    }

    private List<Optional<Address>> destinations() {
        BpfProgram program = plane.runningProgram();
        List<Optional<Address>> destinations = new ArrayList<>();
        for (int client = 0; client < 50; client++) {
            destinations.add(PlaneScene.destination(program, PlaneScene.syn(client, WEB)));
        }
        return destinations;
    }

    private int controlGeneration() {
        try (BpfMap control = BpfMap.openPinned(machine.pins().resolve(PlaneMaps.CONTROL));
                var memory = control.memory()) {
            return memory.getIntAcquire(MapLayout.Control.GENERATION);
        }
    }

    private void putGeneration(int generation) {
        try (BpfMap control = BpfMap.openPinned(machine.pins().resolve(PlaneMaps.CONTROL));
                var memory = control.memory()) {
            memory.setIntRelease(MapLayout.Control.GENERATION, generation);
        }
    }

    /** SHA-256 of every pinned map that does not count. */
    private Map<String, String> digests() throws Exception {
        Map<String, String> digests = new TreeMap<>();
        for (Path pin : pins()) {
            String name = pin.getFileName().toString();
            if (name.startsWith("mako_")
                    && !name.equals(PlaneLoader.PROGRAM)
                    && !name.equals(HealthCheckLoader.PROGRAM)
                    && !name.equals(PlaneMaps.COUNTERS)
                    && !name.endsWith("_stats")) {
                digests.put(name, digest(pin));
            }
        }
        assertThat(digests)
                .containsKeys(PlaneMaps.VIPS, PlaneMaps.RINGS, PlaneMaps.HEALTHCHECK_MARKS, PlaneMaps.FLOW4 + "_0");
        return digests;
    }

    private void wipe() throws IOException {
        for (Path pin : pins()) {
            Files.delete(pin);
        }
    }

    private List<Path> pins() throws IOException {
        try (Stream<Path> pins = Files.list(machine.pins())) {
            return pins.toList();
        }
    }

    private static String digest(Path pin) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        try (BpfMap map = BpfMap.openPinned(pin)) {
            BpfMapReader reader = map.reader(1024);
            for (int read = reader.next(); read > 0; read = reader.next()) {
                ByteBuffer values = reader.values().duplicate();
                sha.update(values.limit(read * map.valueBytes()));
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}

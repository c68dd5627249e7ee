package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfProgram;
import io.makolb.linux.ClockTicks;
import io.makolb.model.Address;
import io.makolb.plane.MapLayout.Flow;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The connections in the kernel's tables, while packets use them. */
@BpfTest
class ConnectionSearchTests {

    private static final Address CLIENT = Address.parse("192.0.2.7");
    private static final int CPU = 0;

    /** Far more than rounding and a busy machine make of an age. */
    private static final Duration INEXACT = Duration.ofSeconds(30);

    private TestMachine machine;
    private KernelPlane kernel;
    private ForwardingPlane plane;
    private BpfProgram program;

    @BeforeEach
    void begin() throws Exception {
        PinnedThread.to(CPU);
        machine = new TestMachine();
    }

    private void open(String cores) {
        kernel = machine.open(TestProperties.dataplane(
                machine.pins(),
                "max-vips",
                16,
                "max-reals",
                64,
                "ring-size",
                4_099,
                "connection-table-size",
                4_000,
                "forwarding-cores",
                cores));
        plane = machine.fromInside(kernel);
        program = kernel.runningProgram();
        PlaneScene.begin(plane);
    }

    @AfterEach
    void end() {
        kernel.close();
        machine.close();
    }

    private List<Connection> listed(ConnectionFilter filter) {
        return plane.listConnections(filter, ConnectionPosition.BEGIN, 100_000).connections();
    }

    private static ConnectionFilter silentAtMost(Duration silent) {
        return new ConnectionFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(silent));
    }

    @Test
    void theAgeOfAConnectionIsThatOfItsStamp() {
        open("auto");
        program.testRun(PlaneScene.first(CLIENT, 31_337, PlaneScene.WEB));
        Duration age = Duration.ofHours(3);
        assertThat(listed(ConnectionFilter.ALL))
                .singleElement()
                .satisfies(fresh -> assertThat(fresh.silent().orElseThrow()).isBetween(Duration.ZERO, INEXACT));

        int hertz = ClockTicks.hertz();
        int units = (int) (age.toSeconds() * hertz >> PlaneSettings.stampShift(hertz));
        changeStamp(stamp -> stamp - units);

        assertThat(listed(ConnectionFilter.ALL))
                .singleElement()
                .satisfies(
                        old -> assertThat(old.silent().orElseThrow()).isBetween(age.minus(INEXACT), age.plus(INEXACT)));
        assertThat(listed(silentAtMost(age.minus(INEXACT)))).isEmpty();
        assertThat(plane.purgeConnections(silentAtMost(age.minus(INEXACT)))).isZero();
        assertThat(listed(silentAtMost(age.plus(INEXACT)))).hasSize(1);

        changeStamp(stamp -> 0);
        assertThat(listed(silentAtMost(Duration.ofSeconds(1))))
                .singleElement()
                .satisfies(unknown -> assertThat(unknown.silent()).isEmpty());
    }

    /** The only connection that there is. */
    private void changeStamp(IntUnaryOperator change) {
        try (BpfMap map = BpfMap.openPinned(machine.pins().resolve(PlaneMaps.FLOW4 + "_" + CPU));
                BpfMapMemory memory = map.memory()) {
            for (long at = Flow.V4_TAIL; at < memory.size(); at += Flow.V4_SIZE) {
                long word = memory.getLongAcquire(at);
                if (word != 0) {
                    long stamp = Integer.toUnsignedLong(change.applyAsInt((int) (word >>> 32)));
                    memory.setLongRelease(at, (word & 0xffffffffL) | stamp << 32);
                }
            }
        }
    }

    @Test
    void connectionsOfCpusWithoutATableAreShownAndPurged() {
        open("1");
        for (int port = 1; port <= 20; port++) {
            program.testRun(PlaneScene.first(CLIENT, port, PlaneScene.WEB));
        }
        Address v6 = Address.parse("2001:db8:c::7");
        program.testRun(PlaneScene.first(v6, 53, PlaneScene.DNS));

        assertThat(listed(ConnectionFilter.ALL)).hasSize(21).allSatisfy(connection -> {
            assertThat(connection.table()).isEqualTo(Connection.Table.FALLBACK);
            assertThat(connection.cpu()).isNegative();
            assertThat(connection.silent().orElseThrow()).isBetween(Duration.ZERO, INEXACT);
        });
        assertThat(listed(ConnectionFilter.of(PlaneScene.DNS))).singleElement().satisfies(connection -> {
            assertThat(connection.client()).isEqualTo(v6);
            assertThat(connection.clientPort()).isEqualTo(53);
            assertThat(connection.port()).isEqualTo(53);
        });
        assertThat(plane.purgeConnections(ConnectionFilter.of(PlaneScene.WEB))).isEqualTo(20);
        assertThat(listed(ConnectionFilter.ALL)).hasSize(1);
    }

    @Test
    void anEntryThatChangedSinceItWasLookedAtIsNotPurged() {
        open("auto");
        program.testRun(PlaneScene.first(CLIENT, 31_337, PlaneScene.WEB));
        try (BpfMap map = BpfMap.openPinned(machine.pins().resolve(PlaneMaps.FLOW4 + "_" + CPU));
                BpfMapMemory memory = map.memory()) {
            FlowEntry.InMemory entry =
                    new FlowEntry.InMemory(Connection.Table.CPU, CPU, memory, FlowLayout.ofTable(PlaneMaps.FLOW4));
            long at = 0;
            while (!entry.show(at)) {
                at += Flow.V4_SIZE;
            }
            int stamp = entry.stamp();
            changeStamp(was -> was + 1);

            assertThat(entry.purge(new KernelWrites())).isFalse();
            assertThat(entry.stamp()).isEqualTo(stamp + 1);
            assertThat(listed(ConnectionFilter.ALL)).hasSize(1);
            assertThat(entry.purge(new KernelWrites())).isTrue();
            assertThat(listed(ConnectionFilter.ALL)).isEmpty();
        }
    }

    @Test
    void packetsGoToTheirRealsWhileTheirConnectionsArePurged() {
        open("auto");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> purging = CompletableFuture.supplyAsync(() -> {
            long purged = 0;
            while (!over.get()) {
                purged += plane.purgeConnections(ConnectionFilter.of(PlaneScene.WEB));
            }
            return purged;
        });
        Map<Integer, Address> reals = new HashMap<>();
        try {
            for (int round = 0; round < 200; round++) {
                for (int client = 0; client < 50; client++) {
                    Address real = PlaneScene.destination(program, PlaneScene.syn(client, PlaneScene.WEB))
                            .orElseThrow();
                    assertThat(real).isEqualTo(reals.computeIfAbsent(client, first -> real));
                }
            }
        } finally {
            over.set(true);
        }

        assertThat(purging.join()).isPositive();
        List<Connection> left = listed(ConnectionFilter.of(PlaneScene.WEB));
        assertThat(left).extracting(Connection::client).doesNotHaveDuplicates();
        assertThat(plane.purgeConnections(ConnectionFilter.ALL)).isEqualTo(left.size());
        assertThat(Objects.requireNonNull(
                        plane.connections(ConnectionFilter.ALL).vips()))
                .isEmpty();
    }
}

package io.makolb.plane;

import static java.util.Objects.requireNonNull;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfProgram;
import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.HashFunction;
import io.makolb.model.MacAddress;
import io.makolb.model.OnEmpty;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The kernel's plane as Mako sets it up, in a network namespace and with pins of its own, for tests that present frames to the
 * program.
 */
public final class PlaneFixture implements AutoCloseable {

    /** Where everything is forwarded to. */
    public static final MacAddress GATEWAY = MacAddress.parse("02:00:00:00:02:01");

    private final TestMachine machine;
    private final KernelPlane plane;
    private final BpfProgram program;
    private long revision;

    private PlaneFixture(TestMachine machine, KernelPlane plane) {
        this.machine = machine;
        this.plane = plane;
        this.program = BpfProgram.openPinned(machine.pins().resolve(PlaneLoader.PROGRAM));
    }

    /**
     * Sizes and limits that tests care about; all else has its default.
     *
     * @param connections entries of the connection table, shared out among all CPUs
     * @param newConnections per second and CPU
     * @param udpTimeout of silent UDP flows
     * @param encapsulation how packets travel to reals
     */
    public record Settings(int connections, int newConnections, Duration udpTimeout, Encapsulation encapsulation) {

        /** With IP in IP. */
        public Settings(int connections, int newConnections, Duration udpTimeout) {
            this(connections, newConnections, udpTimeout, Encapsulation.IPIP);
        }

        /** Katran's sizes, and no limit on new connections. */
        public static Settings large(Encapsulation encapsulation) {
            return new Settings(8_000_000, Integer.MAX_VALUE, Duration.ofSeconds(30), encapsulation);
        }
    }

    /** Creates a plane without VIPs. */
    public static PlaneFixture create(Settings settings) throws Exception {
        TestMachine machine = new TestMachine();
        try {
            DataplaneProperties dataplane =
                    TestProperties.dataplane(machine.pins(), "connection-table-size", settings.connections());
            ForwardingProperties forwarding = TestProperties.forwarding(
                    "udp-timeout",
                    settings.udpTimeout(),
                    "max-new-connections",
                    settings.newConnections(),
                    "encapsulation",
                    settings.encapsulation(),
                    "encap-source-v4",
                    "10.99.0.1",
                    "encap-source-v6",
                    "2001:db8:99::1");
            PlaneFixture fixture = new PlaneFixture(machine, machine.open(dataplane, forwarding));
            fixture.learnGateway();
            return fixture;
        } catch (RuntimeException e) {
            machine.close();
            throw e;
        }
    }

    /** Adds VIPs that share their flags and reals, each real with the same weight. */
    public PlaneFixture add(Set<VipId> vips, Set<VipFlag> flags, Set<Address> reals) {
        PlanDraft draft = draft();
        for (Address real : new TreeSet<>(reals)) {
            if (!draft.image().reals().containsKey(real)) {
                draft.enterReal(real);
            }
        }
        Map<Address, Integer> weights = new TreeMap<>();
        reals.forEach(real -> weights.put(real, 1));
        vips.stream().sorted().forEach(vip -> draft.enterVip(vip, weights));
        apply(draft);
        int bits = flags.stream().mapToInt(VipFlag::bit).reduce(0, (a, b) -> a | b);
        if (bits != 0) {
            PlanDraft flagged = draft();
            vips.forEach(vip -> flagged.changeVip(vip, bits, HashFunction.MAGLEV_V2, OnEmpty.DROP));
            apply(flagged);
        }
        return this;
    }

    /**
     * Gives one real of a VIP another weight.
     *
     * @return how long the plane took: ring, tables, switch
     */
    public Duration changeWeight(VipId vip, Address real, int weight) {
        PlanDraft draft = draft();
        Map<Address, Integer> weights = new TreeMap<>();
        requireNonNull(draft.image().vips().get(vip), "no such VIP")
                .members()
                .forEach((member, image) -> weights.put(member, image.weight()));
        weights.put(real, weight);
        PlanePlan plan = draft.changeMembers(vip, weights).plan(++revision);
        return machine.inside(() -> {
            long start = System.nanoTime();
            StagedPlan staged = plane.stage(plan);
            staged.switchOver();
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            staged.verify();
            return taken;
        });
    }

    /** The program that packets run through. */
    public BpfProgram program() {
        return program;
    }

    /** A map of the plane, to be closed by the caller. */
    public BpfMap map(String name) {
        return BpfMap.openPinned(machine.pins().resolve(name));
    }

    /**
     * Gives all CPUs the connection tables of the first one and a known secret, so that it does not matter on which CPU a
     * frame is presented, and each flow has the same places in every run.
     */
    public PlaneFixture shareConnectionTables(long secret) {
        for (String name : List.of(PlaneMaps.FLOW4, PlaneMaps.FLOW6)) {
            try (BpfMap outer = map(name);
                    BpfMap first = map(name + "_0")) {
                outer.updateInners(0, Collections.nCopies(outer.info().maxEntries(), first));
            }
        }
        try (BpfMap control = map(PlaneMaps.CONTROL);
                BpfMapMemory memory = control.memory()) {
            memory.setLongRelease(MapLayout.Control.SECRET, secret);
        }
        return this;
    }

    /** Takes the connection tables away from all CPUs. */
    public PlaneFixture removeConnectionTables() {
        for (String name : List.of(PlaneMaps.FLOW4, PlaneMaps.FLOW6)) {
            try (BpfMap outer = map(name)) {
                for (int cpu = 0; cpu < outer.info().maxEntries(); cpu++) {
                    outer.delete(cpu);
                }
            }
        }
        return this;
    }

    /** Lets a server id stand for a real. */
    public PlaneFixture putServerId(int id, Address real) {
        BitSet pages = new BitSet();
        pages.set(ServerIdTable.pageOf(id));
        plane.serverIds().prepare(pages);
        try (ServerIdTable.Page page = plane.serverIds().page(ServerIdTable.pageOf(id))) {
            page.put(id, indexOf(real));
        }
        return this;
    }

    /** The kernel's index of a real. */
    public int indexOf(Address real) {
        return requireNonNull(machine.inside(plane::read).reals().get(real), "no such real")
                .index();
    }

    /** A counter of the whole plane, summed over all CPUs. */
    public long counter(PlaneCounter counter) {
        return plane.counters().cpus().stream()
                .mapToLong(cpu -> cpu.getOrDefault(counter, 0L))
                .sum();
    }

    @Override
    public void close() {
        program.close();
        plane.close();
        machine.close();
    }

    private void learnGateway() {
        PlanDraft draft = draft();
        draft.changeInterface(TestMachine.INTERFACE, new InterfaceImage(true, AttachMode.AUTO, Optional.of(GATEWAY)));
        apply(draft);
    }

    private PlanDraft draft() {
        return new PlanDraft(machine.inside(plane::read));
    }

    private void apply(PlanDraft draft) {
        machine.inside(() -> {
            StagedPlan staged = plane.stage(draft.plan(++revision));
            staged.switchOver();
            staged.verify();
            return draft;
        });
    }
}

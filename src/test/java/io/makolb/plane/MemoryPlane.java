package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.VipId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A forwarding plane without a kernel: everything above a plane can be tested on it in milliseconds and without root. */
public final class MemoryPlane implements ForwardingPlane {

    private final PlaneFeatures features;
    private final MemoryKernel kernel;
    private final Mortality life = new Mortality();
    private volatile boolean doomed;

    /** Takes over what earlier planes left in this kernel. */
    public MemoryPlane(MemoryKernel kernel) {
        this(kernel, features(true));
    }

    private MemoryPlane(MemoryKernel kernel, PlaneFeatures features) {
        this.kernel = kernel;
        this.features = features;
    }

    /** The same, but VIPs that are prefixes are switched off. */
    public static MemoryPlane withoutPrefixes(MemoryKernel kernel) {
        return new MemoryPlane(kernel, features(false));
    }

    /** Nothing is switched off, except prefixes perhaps. */
    private static PlaneFeatures features(boolean prefixVips) {
        return new PlaneFeatures(
                Encapsulation.IPIP,
                Optional.empty(),
                Optional.empty(),
                false,
                true,
                Set.of(Encapsulation.values()),
                false,
                true,
                true,
                true,
                true,
                true,
                prefixVips);
    }

    /** A plane of its own with one interface, {@code eth0}, and the default sizes. */
    public static MemoryPlane standalone() {
        return new MemoryPlane(new MemoryKernel(new PlaneLimits(512, 4096, 131_072, 65_537, 6, 10_000), "eth0"));
    }

    /** What it obeys and is broken through. */
    public MemoryKernel kernel() {
        return kernel;
    }

    /** The life of the process that uses it. */
    public Mortality life() {
        return life;
    }

    /** The process dies after the next commit, before packets obey it. */
    public void dieBeforeSwitch() {
        doomed = true;
    }

    @Override
    public PlaneImage read() {
        return life.living(kernel::image);
    }

    @Override
    public PlaneImage readInterfaces(PlaneImage of) {
        PlaneImage held = read();
        return of.with(
                held.interfaces(), of.healthChecks().with(held.healthChecks().interfaces()));
    }

    @Override
    public List<Flaw> inspect() {
        return life.living(kernel::flaws);
    }

    @Override
    public Optional<PlaneMeta> meta() {
        return life.living(kernel::meta);
    }

    @Override
    public void claim(UUID storeId, long revision) {
        Instant createdAt = kernel.meta().map(PlaneMeta::createdAt).orElse(Instant.EPOCH);
        life.living(() -> kernel.mark(new PlaneMeta(storeId, revision, createdAt)));
    }

    @Override
    public StagedPlan stage(PlanePlan plan) {
        life.living(() -> kernel.requireStageable(plan));
        return new StagedPlan() {
            private boolean begun;

            @Override
            public void switchOver() {
                if (doomed) {
                    life.kill();
                }
                if (!begun) {
                    life.living(() -> kernel.requireInForce(plan.before()));
                    begun = true;
                }
                life.living(() -> kernel.switchOver(plan));
            }

            @Override
            public StagedPlan replaceBy(PlanePlan other) {
                return stage(other);
            }

            @Override
            public void verify() {
                life.living(() -> kernel.verify(plan));
            }

            @Override
            public void abandon() {}
        };
    }

    @Override
    public void purge(Set<Integer> vipNumbers, Set<Integer> realIndexes) {
        life.living(() -> kernel.purge(vipNumbers, realIndexes));
    }

    @Override
    public void reload() {
        life.living(kernel::newProgram);
    }

    @Override
    public PlaneFacts facts() {
        PlaneImage image = kernel.image();
        List<PlaneFacts.Attachment> attachments = new ArrayList<>();
        image.interfaces().forEach((name, state) -> attachments.add(attachment(name, state, attachments.size() + 1)));
        PlaneLimits limits = image.limits();
        return new PlaneFacts(
                kernel.programId(),
                "/memory",
                "none",
                "none",
                0,
                limits,
                features,
                limits.maxVips() - image.vips().size() - image.retiredVips().size(),
                limits.maxReals()
                        - 1
                        - image.reals().size()
                        - image.retiredReals().size(),
                attachments,
                HealthCheckFacts.IDLE);
    }

    private PlaneFacts.Attachment attachment(String name, InterfaceImage state, int index) {
        return state.attached()
                ? new PlaneFacts.Attachment(name, index, state.mode().name(), index, kernel.programId())
                : new PlaneFacts.Attachment(
                        name,
                        index,
                        state.mode() == AttachMode.AUTO ? "" : state.mode().name(),
                        0,
                        0);
    }

    @Override
    public CounterSample counters() {
        Map<PlaneCounter, Long> cpu = new EnumMap<>(PlaneCounter.class);
        for (PlaneCounter counter : PlaneCounter.values()) {
            cpu.put(counter, 0L);
        }
        Map<VipId, CounterSample.VipCounters> vips = new HashMap<>();
        Map<Address, CounterSample.RealCounters> reals = new HashMap<>();
        Map<VipId, CounterSample.RealCounters> destinations = new HashMap<>();
        PlaneImage image = kernel.image();
        image.healthChecks().keys().forEach(key -> destinations.put(key, new CounterSample.RealCounters(0, 0)));
        image.vips().keySet().forEach(id -> vips.put(id, new CounterSample.VipCounters(0, 0, 0, 0, 0, 0, 0, 0)));
        image.reals().keySet().forEach(real -> reals.put(real, new CounterSample.RealCounters(0, 0)));
        image.retiredReals().keySet().forEach(real -> reals.put(real, new CounterSample.RealCounters(0, 0)));
        return new CounterSample(System.nanoTime(), List.of(cpu, cpu), vips, reals, destinations);
    }

    @Override
    public ConnectionSample connections(ConnectionFilter filter) {
        Map<VipId, Map<Address, Long>> counts = new HashMap<>();
        life.living(() -> kernel.connections(filter))
                .forEach(connection -> counts.computeIfAbsent(connection.vip(), vip -> new HashMap<>())
                        .merge(connection.real(), 1L, Long::sum));
        return new ConnectionSample(System.nanoTime(), counts);
    }

    /** There is one table. */
    @Override
    public ConnectionPage listConnections(ConnectionFilter filter, ConnectionPosition from, int atMost) {
        List<Connection> all = life.living(() -> kernel.connections(filter));
        int begin = from.table() > 0 ? all.size() : (int) Math.min(from.entry(), all.size());
        int end = (int) Math.min(all.size(), (long) begin + atMost);
        return new ConnectionPage(
                all.subList(begin, end),
                end < all.size() ? Optional.of(new ConnectionPosition(0, end)) : Optional.empty());
    }

    @Override
    public Imported importConnections(ConnectionLoad load, boolean dry) {
        return life.living(() -> kernel.importConnections(load, dry));
    }

    @Override
    public long purgeConnections(ConnectionFilter filter) {
        return life.living(() -> kernel.purgeConnections(filter));
    }

    @Override
    public void close() {}
}

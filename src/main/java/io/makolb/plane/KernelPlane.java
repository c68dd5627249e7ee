package io.makolb.plane;

import io.makolb.libbpf.BpfException;
import io.makolb.libbpf.BpfLibrary;
import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfProgram;
import io.makolb.linux.ClockTicks;
import io.makolb.linux.LinuxException;
import io.makolb.model.BulkKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forwarding plane in this machine's kernel. */
final class KernelPlane implements ForwardingPlane {

    private static final Logger log = LoggerFactory.getLogger(KernelPlane.class);

    private final BpfLibrary library;
    private final PinDirectory pins;
    private final PlaneSizes sizes;
    private final PlaneFeatures features;
    private final PlaneMaps maps;
    private final KernelTables tables;
    private final PlaneProgram program;
    private final PlaneInterfaces interfaces;
    private final HealthChecks healthChecks;
    private final CounterReader counters;
    private final GracePeriod grace;
    private final RingForge forge;
    private final RingSlots slots;
    private final ReusePool generations;
    private final boolean detachOnExit;

    /** Mapped memory must not be touched after it was unmapped: whoever uses the plane holds the read lock. */
    private final ReentrantReadWriteLock useAndClose = new ReentrantReadWriteLock();

    /** Held by whoever gives entries to numbers, or takes them away. */
    private final Object numbers = new Object();

    private volatile PlaneImage current;
    private boolean closed;

    private KernelPlane(
            BpfLibrary library,
            PinDirectory pins,
            PlaneLoader loader,
            PlaneSizes sizes,
            PlaneFeatures features,
            KernelTables tables,
            GracePeriod grace,
            DataplaneProperties properties,
            HealthCheckSetups setups) {
        this.library = library;
        this.pins = pins;
        this.sizes = sizes;
        this.features = features;
        this.tables = tables;
        this.grace = grace;
        this.maps = tables.maps();
        this.detachOnExit = properties.detachOnExit();
        this.program = new PlaneProgram(loader, maps, tables.meta(), pins, tables.writes());
        this.interfaces =
                new PlaneInterfaces(properties.interfaces(), pins, tables.gateways(), program, tables.writes());
        HealthCheckLoader checkLoader = new HealthCheckLoader(setups::find);
        this.healthChecks = new HealthChecks(
                checkLoader,
                new PlaneProgram(checkLoader, maps, tables.meta(), pins, tables.writes()),
                tables,
                pins,
                setups.interfaces());
        this.counters = new CounterReader(maps, sizes, healthChecks.keys());
        this.forge = new RingForge(sizes.ringSize());
        tables.routes().prepare();
        this.current = readNow();
        // The process before this one may have retired rings and tables a moment ago.
        grace.await();
        this.slots = new RingSlots(tables, current.vips().values(), grace);
        this.generations = new ReusePool("VIP table generations", grace);
        int generation = tables.control().generation();
        generations.giveBack(IntStream.range(0, MapLayout.VIP_GENERATIONS)
                .filter(other -> other != generation)
                .boxed()
                .toList());
    }

    /**
     * Takes over the plane that is pinned, or creates it.
     *
     * @throws PlaneStartException it cannot be opened; what forwards packets goes on
     */
    static KernelPlane open(
            DataplaneProperties properties,
            ForwardingProperties forwarding,
            HealthCheckProperties healthcheck,
            LibBpfProperties libbpf) {
        HealthCheckSetups setups = new HealthCheckSetups(healthcheck, properties, forwarding);
        BpfLibrary library = BpfLibrary.load(libbpf.path());
        PlaneOpening.requireCapabilities();
        PinDirectory pins = PinDirectory.open(properties.pinPath());
        try {
            KernelWrites writes = new KernelWrites();
            boolean adopted = PlaneOpening.isPlane(pins);
            PlaneSizes sizes = PlaneOpening.sizes(properties, forwarding, library, pins);
            PlaneFeatures features = PlaneFeatures.of(properties, forwarding);
            PlaneSettings settings = PlaneSettings.of(
                    sizes,
                    forwarding,
                    features,
                    ClockTicks.hertz(),
                    properties.interfaces().size() > 1);
            PlaneLoader loader = new PlaneLoader(sizes, settings);
            if (adopted) {
                PlaneMaps maps = PlaneOpening.adopt(pins, loader, writes);
                GracePeriod grace = new GracePeriod();
                KernelTables tables = KernelTables.of(maps, sizes.limits(), pins, writes, grace);
                KernelPlane plane =
                        new KernelPlane(library, pins, loader, sizes, features, tables, grace, properties, setups);
                log.info("Took over the plane at {}: {}", pins.path(), plane.summary());
                return plane;
            }
            return create(properties, setups, library, pins, sizes, features, loader, writes);
        } catch (RuntimeException e) {
            pins.close();
            throw e;
        }
    }

    private static KernelPlane create(
            DataplaneProperties properties,
            HealthCheckSetups setups,
            BpfLibrary library,
            PinDirectory pins,
            PlaneSizes sizes,
            PlaneFeatures features,
            PlaneLoader loader,
            KernelWrites writes) {
        PlaneOpening.requireInterfaces(properties.interfaces());
        PlaneOpening.requireInterfaces(setups.interfaces());
        MemoryEstimate.check(sizes);
        PlaneOpening.removeLeftovers(pins);
        PlaneMaps maps = loader.createMaps();
        try {
            GracePeriod grace = new GracePeriod();
            KernelTables tables = KernelTables.of(maps, sizes.limits(), pins, writes, grace);
            tables.control().createSecret();
            tables.meta().create(loader.digest(), Instant.now());
            PlaneOpening.pin(maps, pins, writes);
            KernelPlane plane =
                    new KernelPlane(library, pins, loader, sizes, features, tables, grace, properties, setups);
            plane.attachAll(properties);
            log.info("Created the plane at {}", pins.path());
            return plane;
        } catch (RuntimeException e) {
            PlaneOpening.removeLeftovers(pins);
            maps.close();
            throw e;
        }
    }

    /** The tables are empty, so everything is passed; but what cannot be attached says so now. */
    private void attachAll(DataplaneProperties properties) {
        try {
            BpfProgram loaded = program.require();
            for (String name : properties.interfaces()) {
                interfaces.attachFirst(name, loaded, properties.mode());
            }
            interfaces.settle();
            healthChecks.attachFirst();
            current = read();
        } catch (RuntimeException e) {
            interfaces.detach();
            healthChecks.detach();
            PlaneOpening.removeLeftovers(pins);
            close();
            throw e;
        }
    }

    @Override
    public PlaneImage read() {
        return using(this::readNow);
    }

    @Override
    public PlaneImage readInterfaces(PlaneImage of) {
        return using(() -> of.with(interfaces.images(), of.healthChecks().with(healthChecks.attached())));
    }

    private PlaneImage readNow() {
        return tables.read(interfaces.images(), healthChecks.read());
    }

    @Override
    public List<Flaw> inspect() {
        return using(() -> {
            List<Flaw> flaws = new Inspection(tables).run();
            interfaces.gatewayFlaw().ifPresent(flaws::add);
            return flaws;
        });
    }

    @Override
    public Optional<PlaneMeta> meta() {
        return using(tables.meta()::meta);
    }

    @Override
    public void claim(UUID storeId, long revision) {
        using(() -> tables.meta().claim(storeId, revision));
    }

    @Override
    public StagedPlan stage(PlanePlan plan) {
        return stage(new StagedKernelPlan(plan, tables, interfaces, healthChecks, forge, slots, generations), plan);
    }

    private StagedPlan stage(StagedKernelPlan staged, PlanePlan plan) {
        try {
            using(staged::stage);
        } catch (PlaneException e) {
            throw e.getCause() instanceof BpfException refused && refused.isNoSpace() ? outOfMemory(refused) : e;
        }
        return new StagedPlan() {
            @Override
            public void switchOver() {
                using(() -> {
                    staged.switchOver();
                    current = plan.after();
                });
            }

            @Override
            public void verify() {
                using(staged::verify);
            }

            @Override
            public void abandon() {
                using(staged::abandon);
            }

            @Override
            public StagedPlan replaceBy(PlanePlan other) {
                return stage(staged.successor(other), other);
            }
        };
    }

    @Override
    public void purge(Set<Integer> vipNumbers, Set<Integer> realIndexes) {
        using(() -> {
            synchronized (numbers) {
                new ConnectionPurge(tables, grace, vipNumbers, realIndexes).run();
            }
        });
    }

    @Override
    public void reload() {
        using(() -> {
            interfaces.replaceProgram(program.load());
            interfaces.settle();
            healthChecks.reload();
        });
    }

    @Override
    public PlaneFacts facts() {
        return using(() -> {
            PlaneImage image = current;
            return new PlaneFacts(
                    program.current().map(loaded -> loaded.info().id()).orElse(0),
                    pins.path().toString(),
                    System.getProperty("os.version"),
                    library.version(),
                    bytes(),
                    sizes.limits(),
                    features,
                    sizes.maxVips() - image.vips().size() - image.retiredVips().size(),
                    sizes.maxReals()
                            - 1
                            - image.reals().size()
                            - image.retiredReals().size(),
                    interfaces.facts(),
                    healthChecks.facts());
        });
    }

    @Override
    public CounterSample counters() {
        return using(() -> counters.read(current));
    }

    @Override
    public ConnectionSample connections(ConnectionFilter filter) {
        return using(() -> search(filter).count());
    }

    @Override
    public ConnectionPage listConnections(ConnectionFilter filter, ConnectionPosition from, int atMost) {
        return using(() -> search(filter).page(from, atMost));
    }

    @Override
    public long purgeConnections(ConnectionFilter filter) {
        return using(() -> search(filter).purge(tables.writes()));
    }

    /** Numbers that are being purged must not be entered again: whoever does one waits for the other. */
    @Override
    public Imported importConnections(ConnectionLoad load, boolean dry) {
        return using(() -> {
            BpfMap table = maps.flows().get(PlaneMaps.GLOBAL + "_0");
            if (table == null) {
                throw new PlaneException("The global connection table is switched off.", 0, null);
            }
            synchronized (numbers) {
                try (BpfMapMemory memory = table.memory()) {
                    return new GlobalTable(memory, tables.control().secret(), current, tables.writes(), dry)
                            .enter(load);
                }
            }
        });
    }

    private ConnectionSearch search(ConnectionFilter filter) {
        return new ConnectionSearch(new FlowTables(maps), current, filter);
    }

    /** How often this process has written to the kernel. */
    long writes() {
        return tables.writes().count();
    }

    /** Server ids as packets find them. */
    ServerIdTable serverIds() {
        return tables.serverIds();
    }

    /** The program that runs, to be run over single frames. */
    BpfProgram runningProgram() {
        return program.require();
    }

    @Override
    public void close() {
        useAndClose.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            if (detachOnExit) {
                interfaces.detach();
                healthChecks.detach();
            }
            grace.close();
            forge.close();
            interfaces.close();
            healthChecks.close();
            program.close();
            tables.serverIds().close();
            tables.routes().close();
            maps.close();
            pins.close();
        } finally {
            useAndClose.writeLock().unlock();
        }
    }

    /** Kernel memory of all maps, in bytes. */
    private long bytes() {
        return sizes.bytes()
                + tables.serverIds().bytes()
                + RouteTries.bytes(current.bulk().of(BulkKind.SOURCE_ROUTES).size());
    }

    private PlaneFullException outOfMemory(BpfException cause) {
        int mebibytes = (int) (bytes() >> 20);
        return new PlaneFullException(
                PlaneFullException.Limit.KERNEL_MEMORY,
                mebibytes,
                mebibytes,
                String.valueOf(cause.getMessage()),
                cause.errno());
    }

    private String summary() {
        List<String> attached = interfaces.facts().stream()
                .filter(fact -> fact.linkId() != 0)
                .map(PlaneFacts.Attachment::interfaceName)
                .toList();
        return current.vips().size() + " VIPs, " + current.reals().size() + " reals, attached to " + attached;
    }

    private void using(Runnable use) {
        using(() -> {
            use.run();
            return Boolean.TRUE;
        });
    }

    private <T> T using(Supplier<T> use) {
        Lock lock = useAndClose.readLock();
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("The plane is closed");
            }
            return use.get();
        } catch (BpfException e) {
            throw new PlaneException(String.valueOf(e.getMessage()), e.errno(), e);
        } catch (LinuxException e) {
            throw new PlaneException(String.valueOf(e.getMessage()), e.errno(), e);
        } finally {
            lock.unlock();
        }
    }
}

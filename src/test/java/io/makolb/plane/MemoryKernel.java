package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSets;
import io.makolb.model.DecapDestination;
import io.makolb.model.MacAddress;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.PlaneFullException.Limit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link MemoryPlane} leaves behind when its process dies. Tests break it on purpose and look at what was written.
 *
 * <p>It checks what the kernel could not: that a plan starts from the image in force, that its steps lead where it says, and that
 * numbers are purged before they are freed.
 */
public final class MemoryKernel {

    private final PlaneLimits limits;
    private final List<String> interfaceNames;
    private final NavigableMap<VipId, VipImage> vips = new TreeMap<>();
    private final NavigableMap<Address, RealImage> reals = new TreeMap<>();
    private final NavigableMap<VipId, Integer> retiredVips = new TreeMap<>();
    private final NavigableMap<Address, Integer> retiredReals = new TreeMap<>();
    private final NavigableMap<Address, DecapDestination> decaps = new TreeMap<>();
    private final NavigableMap<String, InterfaceImage> interfaces = new TreeMap<>();
    private BulkSets bulk = BulkSets.EMPTY;
    private HealthCheckImage healthChecks = HealthCheckImage.EMPTY;
    private final Set<Integer> purgedVips = new HashSet<>();
    private final Set<Integer> purgedReals = new HashSet<>();
    private final Deque<PlaneException> stagingFailures = new ArrayDeque<>();
    private final Deque<PlaneException> switchFailures = new ArrayDeque<>();
    private final Deque<PlaneException> verifyFailures = new ArrayDeque<>();
    private Predicate<PlanePlan> refusedPlans = plan -> false;
    private @Nullable PlaneException refusal;
    private @Nullable PlaneException lastingSwitchFailure;
    private @Nullable PlaneException reloadFailure;
    private @Nullable PlaneException purgeFailure;
    private @Nullable PlaneMeta meta;
    private List<Flaw> flaws = List.of();
    private final List<Connection> connections = new ArrayList<>();
    private int stepsBeforeFailure;
    private int programId = 100;
    private int writes;
    private int stagings;

    /** A kernel without a plane of Mako. */
    public MemoryKernel(PlaneLimits limits, String... interfaceNames) {
        this.limits = limits;
        this.interfaceNames = List.of(interfaceNames);
    }

    /** The next stagings fail like this, one each. */
    public synchronized void failStaging(PlaneException... failures) {
        stagingFailures.addAll(List.of(failures));
    }

    /** Stagings of such plans fail like this from now on. */
    public synchronized void refuse(Predicate<PlanePlan> plans, PlaneException failure) {
        refusedPlans = plans;
        refusal = failure;
    }

    /** The next switches fail like this, one each, after some of their steps are in force. */
    public synchronized void failSwitch(int steps, PlaneException... failures) {
        stepsBeforeFailure = steps;
        switchFailures.addAll(List.of(failures));
    }

    /** Every switch fails like this from now on; null = they work again. */
    public synchronized void failEverySwitch(@Nullable PlaneException failure) {
        stepsBeforeFailure = 0;
        lastingSwitchFailure = failure;
    }

    /** The next looks at what was written find something else. */
    public synchronized void failVerify(PlaneException... failures) {
        verifyFailures.addAll(List.of(failures));
    }

    /** Every purge fails like this from now on; null = they work again. */
    public synchronized void failPurge(@Nullable PlaneException failure) {
        purgeFailure = failure;
    }

    /**
     * Every reload fails like this from now on; null = they work again.
     *
     * @return the id of the running program
     */
    public synchronized int failReload(@Nullable PlaneException failure) {
        reloadFailure = failure;
        return programId;
    }

    /** The interface was deleted and made anew: its link is severed. */
    public synchronized void detach(String name) {
        interfaces.computeIfPresent(name, (key, was) -> new InterfaceImage(false, AttachMode.AUTO, was.gateway()));
    }

    /** Whether the program is on an interface. */
    public synchronized boolean attached(String name) {
        InterfaceImage image = interfaces.get(name);
        return image != null && image.attached();
    }

    /** Somebody else removed a VIP from the tables. */
    public synchronized void lose(VipId id) {
        vips.remove(id);
    }

    /** Somebody else wrote into a VIP. */
    public synchronized void damage(VipId id, UnaryOperator<VipImage> change) {
        vips.computeIfPresent(id, (key, was) -> change.apply(was));
    }

    /** Somebody else set a gateway. */
    public synchronized void damageGateway(String name, Optional<MacAddress> gateway) {
        interfaces.computeIfPresent(name, (key, was) -> new InterfaceImage(was.attached(), was.mode(), gateway));
    }

    /** The gateway that frames leave to. */
    public synchronized Optional<MacAddress> gateway(String name) {
        InterfaceImage image = interfaces.get(name);
        return image == null ? Optional.empty() : image.gateway();
    }

    /** The tables contradict themselves like this from now on. */
    public synchronized void contradict(Flaw... found) {
        flaws = List.of(found);
    }

    synchronized List<Flaw> flaws() {
        return flaws;
    }

    /** A client connects. */
    public synchronized void connect(Connection connection) {
        connections.add(connection);
    }

    /** That many clients connect. */
    public void connect(VipId vip, Address real, int count) {
        Address first = vip.address().ipv6() ? Address.parse("2001:db8:c::") : Address.parse("192.0.2.0");
        for (int i = 0; i < count; i++) {
            Address client = new Address(first.ipv6(), first.high(), first.low() + i);
            connect(new Connection(
                    vip,
                    real,
                    vip.address(),
                    client,
                    31_337,
                    vip.port(),
                    Optional.of(Duration.ZERO),
                    Connection.Table.CPU,
                    0));
        }
    }

    /** Nobody is connected any more. */
    public synchronized void disconnectAll() {
        connections.clear();
    }

    /** Those that a filter means, as far as their VIPs are there. */
    synchronized List<Connection> connections(ConnectionFilter filter) {
        return connections.stream()
                .filter(connection -> vips.containsKey(connection.vip())
                        && filter.has(connection.vip())
                        && filter.has(connection.real())
                        && filter.hasClient(connection.client())
                        && filter.hasSilence(connection.silent()))
                .toList();
    }

    synchronized Imported importConnections(ConnectionLoad load, boolean dry) {
        int[] counts = new int[6];
        load.forEach((id, real, destination, client, clientPort, port, silent) -> {
            VipImage vip = vips.get(id);
            if (vip == null) {
                counts[2]++;
            } else if (!reals.containsKey(real)) {
                counts[3]++;
            } else if ((vip.flags() & VipFlag.GLOBAL_LRU.bit()) == 0) {
                counts[4]++;
            } else if (!id.isHost() && destination.isEmpty()) {
                counts[5]++;
            } else {
                counts[0]++;
                Address to = id.isHost() ? id.address() : destination.orElseThrow();
                Predicate<Connection> same = known -> known.table() == Connection.Table.GLOBAL
                        && known.vip().equals(id)
                        && known.destination().equals(to)
                        && known.client().equals(client)
                        && known.clientPort() == clientPort
                        && known.port() == port;
                if (connections.stream()
                        .filter(same)
                        .noneMatch(known -> known.real().equals(real))) {
                    counts[1]++;
                    if (!dry) {
                        connections.removeIf(same);
                        connections.add(new Connection(
                                id, real, to, client, clientPort, port, silent, Connection.Table.GLOBAL, -1));
                    }
                }
            }
        });
        return new Imported(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    }

    synchronized long purgeConnections(ConnectionFilter filter) {
        List<Connection> purged = connections(filter);
        connections.removeAll(purged);
        return purged.size();
    }

    /** Steps, claims and marks that were written since the start. */
    public synchronized int writes() {
        return writes;
    }

    /** Plans that were staged since the start, refused ones included. */
    public synchronized int stagings() {
        return stagings;
    }

    /** What packets obey. */
    public synchronized PlaneImage image() {
        NavigableMap<String, InterfaceImage> read = new TreeMap<>();
        interfaceNames.forEach(name -> read.put(name, new InterfaceImage(false, AttachMode.AUTO, Optional.empty())));
        interfaces.forEach((name, image) ->
                read.put(name, new InterfaceImage(image.attached(), modeInForce(image), image.gateway())));
        return new PlaneImage(limits, vips, reals, retiredVips, retiredReals, decaps, bulk, read, healthChecks);
    }

    private static AttachMode modeInForce(InterfaceImage image) {
        if (!image.attached()) {
            return AttachMode.AUTO;
        }
        return image.mode() == AttachMode.AUTO ? AttachMode.GENERIC : image.mode();
    }

    /** What packets with a mark obey. */
    public synchronized HealthCheckImage healthChecks() {
        return healthChecks;
    }

    synchronized Optional<PlaneMeta> meta() {
        return Optional.ofNullable(meta);
    }

    synchronized void mark(PlaneMeta changed) {
        meta = changed;
        writes++;
    }

    synchronized int programId() {
        return programId;
    }

    synchronized void newProgram() {
        if (reloadFailure != null) {
            throw reloadFailure;
        }
        programId++;
    }

    synchronized void requireStageable(PlanePlan plan) {
        stagings++;
        PlaneException failure = stagingFailures.poll();
        if (failure != null) {
            throw failure;
        }
        if (refusal != null && refusedPlans.test(plan)) {
            throw refusal;
        }
        requireRoom(plan.after());
        requireStepsLeadThere(plan);
    }

    synchronized void requireInForce(PlaneImage before) {
        if (!before.vips().equals(vips)
                || !before.reals().equals(reals)
                || !before.retiredVips().equals(retiredVips)
                || !before.retiredReals().equals(retiredReals)
                || !before.decapDestinations().equals(decaps)
                || !before.bulk().equals(bulk)
                || !before.healthChecks().equals(healthChecks)) {
            throw new IllegalStateException("the plan starts from another image than the one in force");
        }
    }

    private void requireRoom(PlaneImage after) {
        for (VipImage vip : after.vips().values()) {
            if (vip.number() < 0 || vip.number() >= limits.maxVips()) {
                throw full(Limit.VIPS, vips.size(), limits.maxVips());
            }
        }
        for (RealImage real : after.reals().values()) {
            if (real.index() < 1 || real.index() >= limits.maxReals()) {
                throw full(Limit.REALS, reals.size(), limits.maxReals() - 1);
            }
        }
        int marks = after.healthChecks().marks().size();
        if (marks > limits.maxHealthcheckMarks()) {
            throw full(Limit.HEALTHCHECK_MARKS, healthChecks.marks().size(), limits.maxHealthcheckMarks());
        }
        int keys = after.healthChecks().keys().size();
        if (keys > limits.maxHealthcheckKeys()) {
            throw full(Limit.HEALTHCHECK_KEYS, healthChecks.keys().size(), limits.maxHealthcheckKeys());
        }
        for (BulkKind<?> kind : BulkKind.ALL) {
            if (after.bulk().of(kind).size() > limits.most(kind)) {
                throw full(Limit.of(kind), bulk.of(kind).size(), limits.most(kind));
            }
        }
        if (!after.reals().keySet().containsAll(after.bulk().reals())) {
            throw new IllegalStateException("a server id or source route leads to a real without an index");
        }
        int members = memberships(after);
        if (members > limits.maxMemberships()) {
            throw full(Limit.MEMBERSHIPS, memberships(image()), limits.maxMemberships());
        }
        if (after.decapDestinations().size() > limits.maxDecapDestinations()) {
            throw full(Limit.DECAP_DESTINATIONS, decaps.size(), limits.maxDecapDestinations());
        }
        requireUnique(after);
    }

    private static int memberships(PlaneImage image) {
        return image.vips().values().stream()
                .mapToInt(vip -> vip.members().size())
                .sum();
    }

    private static PlaneFullException full(Limit limit, int used, int size) {
        return new PlaneFullException(limit, used, size, "No room for more " + limit + ".", 0);
    }

    private static void requireUnique(PlaneImage image) {
        List<Integer> numbers = new ArrayList<>(image.retiredVips().values());
        image.vips().values().forEach(vip -> numbers.add(vip.number()));
        List<Integer> indexes = new ArrayList<>(image.retiredReals().values());
        image.reals().values().forEach(real -> indexes.add(real.index()));
        if (new HashSet<>(numbers).size() != numbers.size() || new HashSet<>(indexes).size() != indexes.size()) {
            throw new IllegalStateException("a number was given out twice");
        }
    }

    private void requireStepsLeadThere(PlanePlan plan) {
        MemoryKernel trial = new MemoryKernel(limits);
        trial.vips.putAll(plan.before().vips());
        trial.reals.putAll(plan.before().reals());
        trial.retiredVips.putAll(plan.before().retiredVips());
        trial.retiredReals.putAll(plan.before().retiredReals());
        trial.decaps.putAll(plan.before().decapDestinations());
        trial.bulk = plan.before().bulk();
        trial.healthChecks = plan.before().healthChecks();
        trial.purgedVips.addAll(purgedVips);
        trial.purgedReals.addAll(purgedReals);
        plan.steps().forEach(trial::apply);
        PlaneImage after = plan.after();
        if (!trial.vips.equals(after.vips())
                || !trial.reals.equals(after.reals())
                || !trial.retiredVips.equals(after.retiredVips())
                || !trial.retiredReals.equals(after.retiredReals())
                || !trial.decaps.equals(after.decapDestinations())
                || !trial.bulk.equals(after.bulk())
                || !trial.healthChecks.equals(after.healthChecks())) {
            throw new IllegalStateException("the steps of the plan do not lead to its image");
        }
    }

    synchronized void switchOver(PlanePlan plan) {
        PlaneException failure = lastingSwitchFailure != null ? lastingSwitchFailure : switchFailures.poll();
        int steps = failure == null
                ? plan.steps().size()
                : Math.min(stepsBeforeFailure, plan.steps().size());
        for (PlanStep step : plan.steps().subList(0, steps)) {
            apply(step);
            writes++;
        }
        if (failure != null) {
            throw failure;
        }
        meta().ifPresent(was -> mark(new PlaneMeta(was.storeId(), plan.revision(), was.createdAt())));
    }

    synchronized void verify(PlanePlan plan) {
        PlaneException failure = verifyFailures.poll();
        if (failure != null) {
            throw failure;
        }
        if (!plan.after().vips().equals(vips)
                || !plan.after().reals().equals(reals)
                || !plan.after().healthChecks().equals(healthChecks)) {
            throw new PlaneException("The tables hold something else than what was written.", 0, null);
        }
    }

    /** Each step may be done again. */
    private void apply(PlanStep step) {
        if (step instanceof PlanStep.EnterReal enter) {
            retiredReals.remove(enter.address(), enter.real().index());
            reals.put(enter.address(), enter.real());
            purgedReals.remove(enter.real().index());
        } else if (step instanceof PlanStep.ChangeReal change) {
            reals.put(change.address(), change.after());
        } else if (step instanceof PlanStep.RetireReal retire) {
            reals.remove(retire.address());
            retiredReals.put(retire.address(), retire.index());
        } else if (step instanceof PlanStep.FreeReal free) {
            requirePurged(purgedReals, free.index());
            retiredReals.remove(free.address(), free.index());
        } else if (step instanceof PlanStep.EnterVip enter) {
            retiredVips.remove(enter.vip().id(), enter.vip().number());
            vips.put(enter.vip().id(), enter.vip());
            purgedVips.remove(enter.vip().number());
        } else if (step instanceof PlanStep.ChangeVip change) {
            vips.put(change.after().id(), change.after());
        } else if (step instanceof PlanStep.RetireVip retire) {
            vips.remove(retire.id());
            retiredVips.put(retire.id(), retire.number());
        } else if (step instanceof PlanStep.FreeVip free) {
            requirePurged(purgedVips, free.number());
            retiredVips.remove(free.id(), free.number());
        } else if (step instanceof PlanStep.PutDecap put) {
            decaps.put(put.address(), put.destination());
        } else if (step instanceof PlanStep.ChangeBulk change) {
            bulk = bulk.with(change.after());
        } else if (step instanceof PlanStep.RemoveDecap remove) {
            decaps.remove(remove.address());
        } else if (step instanceof PlanStep.ChangeInterface change) {
            interfaces.put(change.name(), change.after());
        } else if (step instanceof PlanStep.ChangeHealthChecks change) {
            healthChecks = change.after();
        }
    }

    private static void requirePurged(Set<Integer> purged, int number) {
        if (!purged.contains(number)) {
            throw new IllegalStateException("number " + number + " was freed before it was purged");
        }
    }

    synchronized void purge(Set<Integer> vipNumbers, Set<Integer> realIndexes) {
        if (purgeFailure != null) {
            throw purgeFailure;
        }
        if (!retiredVips.values().containsAll(vipNumbers)
                || !retiredReals.values().containsAll(realIndexes)) {
            throw new IllegalStateException("only what is retired may be purged");
        }
        connections.removeIf(connection -> vipNumbers.contains(retiredVips.getOrDefault(connection.vip(), -1))
                || realIndexes.contains(retiredReals.getOrDefault(connection.real(), -1)));
        purgedVips.addAll(vipNumbers);
        purgedReals.addAll(realIndexes);
    }
}

package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One plan on its way into the kernel. Everything it does can be done again: it looks at what is there and stores what is
 * missing.
 */
final class StagedKernelPlan {

    private static final int NONE = -1;

    private final PlanePlan plan;
    private final KernelTables tables;
    private final PlaneInterfaces interfaces;
    private final HealthChecks healthChecks;
    private final RingForge forge;
    private final RingSlots slots;
    private final ReusePool generations;

    /** Rings that lie in their slots, by VIP number, until packets use them. */
    private final Map<Integer, BuiltRing> built = new HashMap<>();

    /** VIPs whose new ring found no free slot; it is built when others have switched and theirs are free. */
    private final Map<VipId, VipImage> late = new LinkedHashMap<>();

    private int generation = NONE;

    /** Server ids and source routes that change. */
    private final List<StagedBulk> bulk = new ArrayList<>();

    /** Those that an earlier plan has staged. */
    private final List<StagedBulk> earlierBulk = new ArrayList<>();

    /** Rings that an earlier plan has built, by recipe, and that nobody needs yet. */
    private final Map<Long, Deque<BuiltRing>> inherited = new HashMap<>();

    /** A ring in its slot; until it is built, its digest is 0. */
    private record BuiltRing(int slot, long digest, long recipe) {}

    StagedKernelPlan(
            PlanePlan plan,
            KernelTables tables,
            PlaneInterfaces interfaces,
            HealthChecks healthChecks,
            RingForge forge,
            RingSlots slots,
            ReusePool generations) {
        this.plan = plan;
        this.tables = tables;
        this.interfaces = interfaces;
        this.healthChecks = healthChecks;
        this.forge = forge;
        this.slots = slots;
        this.generations = generations;
    }

    /** Does what can fail, out of packets' sight. */
    void stage() {
        PlanCheck.check(plan);
        try {
            steps(PlanStep.ChangeInterface.class).forEach(step -> interfaces.prepare(step.name(), step.after()));
            steps(PlanStep.ChangeHealthChecks.class).forEach(step -> healthChecks.prepare(step.after()));
            stageRings();
            stageTable();
            stageBulk();
        } catch (RuntimeException e) {
            abandon();
            throw e;
        }
    }

    void switchOver() {
        steps(PlanStep.EnterReal.class).forEach(step -> tables.reals().put(step.address(), step.real()));
        steps(PlanStep.ChangeReal.class).forEach(step -> tables.reals().put(step.address(), step.after()));
        steps(PlanStep.EnterVip.class).forEach(step -> put(step.vip()));
        steps(PlanStep.ChangeVip.class).stream()
                .map(PlanStep.ChangeVip::after)
                .filter(vip -> !late.containsKey(vip.id()))
                .forEach(this::put);
        steps(PlanStep.RemoveDecap.class).forEach(step -> tables.decaps().remove(step.address()));
        steps(PlanStep.PutDecap.class).forEach(step -> tables.decaps().put(step.address(), step.destination()));
        switchTable();
        switchLateRings();
        bulk.forEach(StagedBulk::switchOver);
        switchInterfaces();
        steps(PlanStep.ChangeHealthChecks.class).forEach(step -> healthChecks.apply(step.after()));
        retireAndFree();
        writeMembers();
        tables.meta().putRevision(plan.revision());
    }

    /** Compares what the plan touched with what the kernel holds. */
    void verify() {
        new PlanVerification(plan, tables, interfaces, healthChecks).run();
        for (StagedBulk staged : bulk) {
            PlanVerification.require(staged.missing().isEmpty(), staged.missing());
        }
    }

    /** Another plan to be staged in place of this one, whose rings it takes over. */
    StagedKernelPlan successor(PlanePlan other) {
        StagedKernelPlan successor =
                new StagedKernelPlan(other, tables, interfaces, healthChecks, forge, slots, generations);
        built.values()
                .forEach(ring -> successor
                        .inherited
                        .computeIfAbsent(ring.recipe(), recipe -> new ArrayDeque<>())
                        .add(ring));
        built.clear();
        successor.earlierBulk.addAll(bulk);
        bulk.clear();
        abandon();
        return successor;
    }

    /** Gives back what packets have not seen. */
    void abandon() {
        slots.giveBack(built.values().stream().map(BuiltRing::slot).toList());
        built.clear();
        giveBackInherited();
        late.clear();
        bulk.forEach(StagedBulk::abandon);
        bulk.clear();
        earlierBulk.forEach(StagedBulk::abandon);
        earlierBulk.clear();
        if (generation != NONE) {
            generations.giveBack(List.of(generation));
            generation = NONE;
        }
    }

    private void giveBackInherited() {
        inherited
                .values()
                .forEach(rings ->
                        slots.giveBack(rings.stream().map(BuiltRing::slot).toList()));
        inherited.clear();
    }

    private void stageRings() {
        List<VipImage> wanted = new ArrayList<>();
        // VIPs to be entered come first: without a ring they would drop packets that were passed before.
        steps(PlanStep.EnterVip.class).stream()
                .map(PlanStep.EnterVip::vip)
                .filter(vip -> vip.ringRecipe() != 0)
                .forEach(wanted::add);
        int entered = wanted.size();
        steps(PlanStep.ChangeVip.class).stream()
                .filter(StagedKernelPlan::hasNewRing)
                .map(PlanStep.ChangeVip::after)
                .forEach(wanted::add);
        // So many are free after a grace period at the latest, whoever else stages; better to wait for that here than
        // later.
        boolean few = wanted.size() - entered <= PlaneSizes.SPARE_RINGS / 2;
        Map<Integer, VipImage> bySlot = new LinkedHashMap<>();
        wanted.forEach(this::takeOver);
        giveBackInherited();
        for (int i = 0; i < wanted.size(); i++) {
            VipImage vip = wanted.get(i);
            if (built.containsKey(vip.number())) {
                continue;
            }
            OptionalInt slot = i < entered || few ? OptionalInt.of(slots.take()) : slots.poll();
            if (slot.isPresent()) {
                bySlot.put(slot.getAsInt(), vip);
                built.put(vip.number(), new BuiltRing(slot.getAsInt(), 0, vip.ringRecipe()));
            } else {
                late.put(vip.id(), vip);
            }
        }
        build(bySlot);
    }

    /** Equal recipes make equal rings. */
    private void takeOver(VipImage vip) {
        Deque<BuiltRing> rings = inherited.get(vip.ringRecipe());
        BuiltRing ring = rings == null ? null : rings.poll();
        if (ring != null) {
            built.put(vip.number(), ring);
        }
    }

    private void build(Map<Integer, VipImage> bySlot) {
        Map<Integer, BuiltRing> done = new ConcurrentHashMap<>();
        forge.forEach(bySlot.entrySet(), entry -> {
            VipImage vip = entry.getValue();
            long digest = tables.rings().write(entry.getKey(), forge.build(vip));
            done.put(vip.number(), new BuiltRing(entry.getKey(), digest, vip.ringRecipe()));
        });
        built.putAll(done);
    }

    private void stageTable() {
        if (steps(PlanStep.EnterVip.class).isEmpty()
                && steps(PlanStep.RetireVip.class).isEmpty()) {
            return;
        }
        generation = generations.take();
        tables.writeGeneration(generation, plan.after().vips().values());
    }

    private void stageBulk() {
        for (PlanStep.ChangeBulk step : steps(PlanStep.ChangeBulk.class)) {
            bulk.add(tables.bulk(step.after().kind()).stage(step, plan.after().reals(), earlierBulk));
        }
        earlierBulk.forEach(StagedBulk::abandon);
        earlierBulk.clear();
    }

    /** Lets packets of a VIP obey its new image; the ring it leaves is free after a grace period. */
    private void put(VipImage vip) {
        int number = vip.number();
        BuiltRing ring = built.get(number);
        boolean keepsRing = ring == null && vip.ringRecipe() != 0;
        int slot = ring != null ? ring.slot() : keepsRing ? slots.of(number) : 0;
        long digest = ring != null ? ring.digest() : keepsRing ? tables.vips().ringDigest(number) : 0;
        // A real is marked before packets look for marks, and unmarked when they do not any more. The row is written
        // whole: the
        // marks of who had the number before are still in it.
        BitSet down = downReals(vip);
        tables.downReals().add(number, down);
        tables.vips().obey(vip, slot);
        tables.downReals().write(number, down);
        tables.vips().describe(vip, digest);
        slots.assign(number, slot);
        built.remove(number);
    }

    private BitSet downReals(VipImage vip) {
        BitSet indexes = new BitSet();
        for (Address address : vip.downReals()) {
            RealImage real = plan.after().reals().get(address);
            if (real == null) {
                throw new IllegalStateException("real " + address + " is down for " + vip.id() + " and has no index");
            }
            indexes.set(real.index());
        }
        return indexes;
    }

    private void switchTable() {
        if (generation != NONE) {
            int before = tables.control().generation();
            tables.control().putGeneration(generation);
            generation = NONE;
            generations.retire(List.of(before));
        }
    }

    private void switchLateRings() {
        for (VipImage vip : List.copyOf(late.values())) {
            Map<Integer, VipImage> one = Map.of(slots.take(), vip);
            build(one);
            put(vip);
            late.remove(vip.id());
        }
    }

    private void switchInterfaces() {
        List<PlanStep.ChangeInterface> changes = steps(PlanStep.ChangeInterface.class);
        changes.forEach(step -> interfaces.apply(step.name(), step.after()));
        if (!changes.isEmpty()) {
            interfaces.settle();
        }
    }

    private void retireAndFree() {
        for (PlanStep.RetireVip step : steps(PlanStep.RetireVip.class)) {
            tables.vips().retire(step.number());
            slots.assign(step.number(), 0);
        }
        steps(PlanStep.RetireReal.class).forEach(step -> tables.reals().retire(step.index()));
        steps(PlanStep.FreeVip.class).forEach(step -> tables.vips().free(step.number()));
        steps(PlanStep.FreeReal.class).forEach(step -> tables.reals().free(step.index()));
    }

    private void writeMembers() {
        Map<Integer, NavigableMap<Address, MemberImage>> changed = new HashMap<>();
        steps(PlanStep.EnterVip.class)
                .forEach(step -> changed.put(step.vip().number(), step.vip().members()));
        steps(PlanStep.ChangeVip.class)
                .forEach(step -> changed.put(step.after().number(), step.after().members()));
        if (changed.isEmpty()
                && steps(PlanStep.RetireVip.class).isEmpty()
                && steps(PlanStep.RetireReal.class).isEmpty()) {
            return;
        }
        BitSet liveVips = new BitSet();
        plan.after().vips().values().forEach(vip -> liveVips.set(vip.number()));
        BitSet liveReals = new BitSet();
        plan.after().reals().values().forEach(real -> liveReals.set(real.index()));
        tables.members().write(changed, liveVips, liveReals);
    }

    private static boolean hasNewRing(PlanStep.ChangeVip step) {
        return step.after().ringRecipe() != 0
                && step.after().ringRecipe() != step.before().ringRecipe();
    }

    private <T extends PlanStep> List<T> steps(Class<T> type) {
        return plan.steps().stream().filter(type::isInstance).map(type::cast).toList();
    }
}

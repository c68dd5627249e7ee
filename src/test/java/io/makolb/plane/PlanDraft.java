package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.BulkSet;
import io.makolb.model.BulkSets;
import io.makolb.model.DecapDestination;
import io.makolb.model.DecapMode;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.VipId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A plan under construction: each call changes the image wanted and records the step that leads there. */
final class PlanDraft {

    private final PlaneImage before;
    private final NavigableMap<VipId, VipImage> vips;
    private final NavigableMap<Address, RealImage> reals;
    private final NavigableMap<VipId, Integer> retiredVips;
    private final NavigableMap<Address, Integer> retiredReals;
    private final NavigableMap<Address, DecapDestination> decaps;
    private final NavigableMap<String, InterfaceImage> interfaces;
    private BulkSets bulk;
    private HealthCheckImage healthChecks;
    private final List<PlanStep> steps = new ArrayList<>();

    PlanDraft(PlaneImage before) {
        this.before = before;
        this.vips = new TreeMap<>(before.vips());
        this.reals = new TreeMap<>(before.reals());
        this.retiredVips = new TreeMap<>(before.retiredVips());
        this.retiredReals = new TreeMap<>(before.retiredReals());
        this.decaps = new TreeMap<>(before.decapDestinations());
        this.interfaces = new TreeMap<>(before.interfaces());
        this.bulk = before.bulk();
        this.healthChecks = before.healthChecks();
    }

    /** The image so far. */
    PlaneImage image() {
        return new PlaneImage(
                before.limits(), vips, reals, retiredVips, retiredReals, decaps, bulk, interfaces, healthChecks);
    }

    /** Lets tunnels to an address end here. */
    PlanDraft putDecap(Address address, DecapMode mode) {
        DecapDestination destination = new DecapDestination(mode);
        decaps.put(address, destination);
        steps.add(new PlanStep.PutDecap(address, destination));
        return this;
    }

    /** Lets them pass again. */
    PlanDraft removeDecap(Address address) {
        decaps.remove(address);
        steps.add(new PlanStep.RemoveDecap(address));
        return this;
    }

    PlanePlan plan(long revision) {
        return new PlanePlan(before, image(), steps, revision);
    }

    /** Gives a real its retired index again, or the lowest free one. */
    PlanDraft enterReal(Address address) {
        Integer retired = retiredReals.remove(address);
        RealImage real = new RealImage(retired != null ? retired : freeRealIndex(), false);
        reals.put(address, real);
        steps.add(new PlanStep.EnterReal(address, real));
        return this;
    }

    PlanDraft changeReal(Address address, boolean local) {
        RealImage old = require(reals, address);
        RealImage real = new RealImage(old.index(), local);
        reals.put(address, real);
        steps.add(new PlanStep.ChangeReal(address, old, real));
        return this;
    }

    PlanDraft retireReal(Address address) {
        int index = require(reals, address).index();
        reals.remove(address);
        retiredReals.put(address, index);
        steps.add(new PlanStep.RetireReal(address, index));
        return this;
    }

    PlanDraft freeReal(Address address) {
        steps.add(new PlanStep.FreeReal(address, require(retiredReals, address)));
        retiredReals.remove(address);
        return this;
    }

    /** Gives a VIP its retired number again, or the lowest free one. */
    PlanDraft enterVip(VipId id, Map<Address, Integer> weights) {
        Integer retired = retiredVips.get(id);
        return enterVip(id, retired != null ? retired : freeVipNumber(), weights);
    }

    PlanDraft enterVip(VipId id, int number, Map<Address, Integer> weights) {
        retiredVips.remove(id);
        VipImage vip = vip(id, number, 0, HashFunction.MAGLEV_V2, OnEmpty.DROP, weights, new TreeSet<>());
        vips.put(id, vip);
        steps.add(new PlanStep.EnterVip(vip));
        return this;
    }

    PlanDraft changeMembers(VipId id, Map<Address, Integer> weights) {
        VipImage old = require(vips, id);
        return change(
                old, vip(id, old.number(), old.flags(), old.hashFunction(), old.onEmpty(), weights, old.downReals()));
    }

    PlanDraft changeVip(VipId id, int flags, HashFunction function, OnEmpty onEmpty) {
        VipImage old = require(vips, id);
        Map<Address, Integer> weights = new TreeMap<>();
        old.members().forEach((address, member) -> weights.put(address, member.weight()));
        return change(old, vip(id, old.number(), flags, function, onEmpty, weights, old.downReals()));
    }

    PlanDraft disableMember(VipId id, Address real) {
        VipImage old = require(vips, id);
        NavigableMap<Address, MemberImage> members = new TreeMap<>(old.members());
        MemberImage member = require(members, real);
        members.put(real, new MemberImage(member.index(), member.weight(), false));
        return change(
                old, vip(id, old.number(), old.flags(), old.hashFunction(), old.onEmpty(), members, old.downReals()));
    }

    /** Makes these the reals that are down for a VIP. */
    PlanDraft markDown(VipId id, Set<Address> reals) {
        VipImage old = require(vips, id);
        return change(
                old,
                vip(
                        id,
                        old.number(),
                        old.flags(),
                        old.hashFunction(),
                        old.onEmpty(),
                        old.members(),
                        new TreeSet<>(reals)));
    }

    /** Changes a VIP to any image of it. */
    PlanDraft change(VipImage old, VipImage changed) {
        vips.put(old.id(), changed);
        steps.add(new PlanStep.ChangeVip(old, changed));
        return this;
    }

    PlanDraft retireVip(VipId id) {
        int number = require(vips, id).number();
        vips.remove(id);
        retiredVips.put(id, number);
        steps.add(new PlanStep.RetireVip(id, number));
        return this;
    }

    PlanDraft freeVip(VipId id) {
        steps.add(new PlanStep.FreeVip(id, require(retiredVips, id)));
        retiredVips.remove(id);
        return this;
    }

    PlanDraft changeInterface(String name, InterfaceImage wanted) {
        steps.add(new PlanStep.ChangeInterface(name, Optional.ofNullable(interfaces.get(name)), wanted));
        interfaces.put(name, wanted);
        return this;
    }

    /** Lets server ids or source routes lead elsewhere. */
    <K extends Comparable<? super K>> PlanDraft changeBulk(BulkSet<K> wanted) {
        steps.add(new PlanStep.ChangeBulk(bulk.of(wanted.kind()), wanted));
        bulk = bulk.with(wanted);
        return this;
    }

    PlanDraft changeHealthChecks(HealthCheckImage wanted) {
        steps.add(new PlanStep.ChangeHealthChecks(healthChecks, wanted));
        healthChecks = wanted;
        return this;
    }

    private VipImage vip(
            VipId id,
            int number,
            int flags,
            HashFunction function,
            OnEmpty onEmpty,
            Map<Address, Integer> weights,
            NavigableSet<Address> downReals) {
        NavigableMap<Address, MemberImage> members = new TreeMap<>();
        weights.forEach((address, weight) ->
                members.put(address, new MemberImage(require(reals, address).index(), weight, true)));
        return vip(id, number, flags, function, onEmpty, members, downReals);
    }

    private VipImage vip(
            VipId id,
            int number,
            int flags,
            HashFunction function,
            OnEmpty onEmpty,
            NavigableMap<Address, MemberImage> members,
            NavigableSet<Address> downReals) {
        long recipe = RingRecipe.digest(function, before.limits().ringSize(), members);
        return new VipImage(id, number, flags, function, onEmpty, members, downReals, recipe);
    }

    private int freeVipNumber() {
        Set<Integer> taken = new HashSet<>(retiredVips.values());
        vips.values().forEach(vip -> taken.add(vip.number()));
        int number = 0;
        while (taken.contains(number)) {
            number++;
        }
        return number;
    }

    private int freeRealIndex() {
        Set<Integer> taken = new HashSet<>(retiredReals.values());
        reals.values().forEach(real -> taken.add(real.index()));
        int index = 1;
        while (taken.contains(index)) {
            index++;
        }
        return index;
    }

    private static <K, V> V require(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is not in the draft");
        }
        return value;
    }
}

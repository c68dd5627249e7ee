package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSets;
import io.makolb.model.VipId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Every kernel structure of the plane, typed, and what they say together. */
record KernelTables(
        PlaneMaps maps,
        PlaneLimits limits,
        VipRows vips,
        PrefixTable prefixes,
        RealRows reals,
        MemberTable members,
        DecapTable decaps,
        GatewayTable gateways,
        DownRealTable downReals,
        RingTable rings,
        ServerIdTable serverIds,
        RouteTable routes,
        ControlWords control,
        MetaRecord meta,
        KernelWrites writes) {

    static KernelTables of(
            PlaneMaps maps, PlaneLimits limits, PinDirectory pins, KernelWrites writes, GracePeriod grace) {
        ControlWords control = new ControlWords(maps.memory(PlaneMaps.CONTROL), writes);
        return new KernelTables(
                maps,
                limits,
                new VipRows(maps.memory(PlaneMaps.VIPS), writes),
                new PrefixTable(maps.map(PlaneMaps.PREFIXES), control, writes),
                new RealRows(maps.memory(PlaneMaps.REALS), writes),
                new MemberTable(maps.memory(PlaneMaps.MEMBERS), writes),
                new DecapTable(maps.map(PlaneMaps.DECAP), writes),
                new GatewayTable(maps.memory(PlaneMaps.GATEWAYS), writes),
                new DownRealTable(maps.memory(PlaneMaps.DOWN_REALS), writes, limits.maxReals()),
                new RingTable(maps.map(PlaneMaps.RINGS), writes, limits.ringSize()),
                new ServerIdTable(maps.map(PlaneMaps.SERVER_IDS), pins, writes),
                new RouteTable(maps, control, pins, writes, grace, limits.maxSourceRoutes()),
                control,
                new MetaRecord(maps.map(PlaneMaps.META), writes),
                writes);
    }

    /** The image of which these are parts; all else of it is read from the kernel now. */
    PlaneImage read(NavigableMap<String, InterfaceImage> interfaces, HealthCheckImage healthChecks) {
        NavigableMap<Address, RealImage> liveReals = new TreeMap<>();
        NavigableMap<Address, Integer> retiredReals = new TreeMap<>();
        readReals(liveReals, retiredReals);
        Map<Integer, NavigableMap<Address, MemberImage>> memberships = members.read(number -> true, reals);
        NavigableMap<VipId, VipImage> liveVips = new TreeMap<>();
        NavigableMap<VipId, Integer> retiredVips = new TreeMap<>();
        VipGeneration table = generation(control.generation());
        for (int number = 0; number < vips.count(); number++) {
            if (vips.state(number) == MapLayout.STATE_FREE) {
                continue;
            }
            VipId id = vips.id(number);
            if (isInForce(number, id, table)) {
                liveVips.put(id, vip(id, number, memberships.getOrDefault(number, new TreeMap<>())));
            } else {
                retiredVips.put(id, number);
            }
        }
        liveVips.keySet().forEach(retiredVips::remove);
        return new PlaneImage(
                limits,
                liveVips,
                liveReals,
                retiredVips,
                retiredReals,
                decaps.read(),
                readBulk(),
                interfaces,
                healthChecks);
    }

    private BulkSets readBulk() {
        BulkSets sets = BulkSets.EMPTY;
        for (BulkKind<?> kind : BulkKind.ALL) {
            sets = sets.with(bulk(kind).read(reals));
        }
        return sets;
    }

    /** Where packets find the resources of a kind. */
    BulkTable bulk(BulkKind<?> kind) {
        return kind == BulkKind.SOURCE_ROUTES ? routes : serverIds;
    }

    /** What the kernel holds of one VIP number that has these members. */
    VipImage vip(VipId id, int number, NavigableMap<Address, MemberImage> members) {
        return new VipImage(
                id,
                number,
                vips.flags(number),
                vips.hashFunction(number),
                vips.onEmpty(number),
                members,
                vips.hasDownReals(number) ? downReals(number) : new TreeSet<>(),
                intactRecipe(number));
    }

    private NavigableSet<Address> downReals(int number) {
        NavigableSet<Address> down = new TreeSet<>();
        downReals.read(number).stream()
                .filter(index -> index < reals.count() && reals.state(index) == MapLayout.STATE_LIVE)
                .forEach(index -> down.add(reals.address(index)));
        return down;
    }

    /** Whether packets of this VIP find this number. The tables decide: between them and the row, a process may have died. */
    boolean isInForce(int number, VipId id, VipGeneration table) {
        return vips.state(number) == MapLayout.STATE_LIVE && table.find(id) == number && vips.tellsPrefix(number);
    }

    /** One generation of everything through which packets find their VIP, as it is now. */
    VipGeneration generation(int generation) {
        return new VipGeneration(maps.vipTable(generation), prefixes.read(generation));
    }

    /** Replaces a generation. No packet may read it meanwhile. */
    void writeGeneration(int generation, Collection<VipImage> images) {
        Map<Boolean, List<VipImage>> byKind = images.stream()
                .collect(Collectors.partitioningBy(vip -> vip.id().isHost()));
        writes.other(() -> maps.vipTable(generation).write(byKind.getOrDefault(true, List.of())));
        prefixes.write(generation, byKind.getOrDefault(false, List.of()));
    }

    /** The recipe of the ring in use; 0 when there is none, or another content than was built from the recipe. */
    private long intactRecipe(int number) {
        int slot = vips.ring(number);
        if (slot == 0) {
            return 0;
        }
        boolean intact =
                Integer.compareUnsigned(slot, rings.slots()) < 0 && rings.digest(slot) == vips.ringDigest(number);
        return intact ? vips.ringRecipe(number) : 0;
    }

    private void readReals(NavigableMap<Address, RealImage> live, NavigableMap<Address, Integer> retired) {
        for (int index = 1; index < reals.count(); index++) {
            switch (reals.state(index)) {
                case MapLayout.STATE_LIVE -> live.putIfAbsent(reals.address(index), reals.image(index));
                case MapLayout.STATE_RETIRED -> retired.putIfAbsent(reals.address(index), index);
                default -> {
                    // A free index, or one that no version of this layout writes.
                }
            }
        }
        live.keySet().forEach(retired::remove);
    }
}

package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.BulkSets;
import io.makolb.model.DecapDestination;
import io.makolb.model.VipId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Everything packets obey, with the numbers the kernel knows things by. Numbers that appear nowhere here are free. A retired
 * number keeps its old owner, because connections to it may live on; it is free again after {@link ForwardingPlane#purge}.
 *
 * @param limits sizes of the plane
 * @param vips VIPs in force
 * @param reals reals in use, by address
 * @param retiredVips numbers of VIPs that are gone
 * @param retiredReals indexes of reals that are gone
 * @param decapDestinations where tunnels end
 * @param bulk where server ids and source routes lead
 * @param interfaces by name; the first one's gateway serves as the default
 * @param healthChecks what packets with a mark obey
 */
public record PlaneImage(
        PlaneLimits limits,
        NavigableMap<VipId, VipImage> vips,
        NavigableMap<Address, RealImage> reals,
        NavigableMap<VipId, Integer> retiredVips,
        NavigableMap<Address, Integer> retiredReals,
        NavigableMap<Address, DecapDestination> decapDestinations,
        BulkSets bulk,
        NavigableMap<String, InterfaceImage> interfaces,
        HealthCheckImage healthChecks) {

    public PlaneImage(
            PlaneLimits limits,
            NavigableMap<VipId, VipImage> vips,
            NavigableMap<Address, RealImage> reals,
            NavigableMap<VipId, Integer> retiredVips,
            NavigableMap<Address, Integer> retiredReals,
            NavigableMap<Address, DecapDestination> decapDestinations,
            BulkSets bulk,
            NavigableMap<String, InterfaceImage> interfaces,
            HealthCheckImage healthChecks) {
        this.limits = limits;
        this.vips = frozen(vips);
        this.reals = frozen(reals);
        this.retiredVips = frozen(retiredVips);
        this.retiredReals = frozen(retiredReals);
        this.decapDestinations = frozen(decapDestinations);
        this.bulk = bulk;
        this.interfaces = frozen(interfaces);
        this.healthChecks = healthChecks;
    }

    /** A plane in which nothing was entered yet. */
    public static PlaneImage empty(PlaneLimits limits) {
        return new PlaneImage(
                limits,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                BulkSets.EMPTY,
                new TreeMap<>(),
                HealthCheckImage.EMPTY);
    }

    /** The same with other interfaces. */
    public PlaneImage with(NavigableMap<String, InterfaceImage> others, HealthCheckImage otherHealthChecks) {
        return new PlaneImage(
                limits, vips, reals, retiredVips, retiredReals, decapDestinations, bulk, others, otherHealthChecks);
    }

    /** How many reals are in VIPs, a real counted in each of them. */
    public int memberships() {
        int count = 0;
        for (VipImage vip : vips.values()) {
            count += vip.members().size();
        }
        return count;
    }

    private static <K extends Comparable<? super K>, V> NavigableMap<K, V> frozen(NavigableMap<K, V> map) {
        return Collections.unmodifiableNavigableMap(new TreeMap<>((Map<K, V>) map));
    }
}

package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.BulkSets;
import io.makolb.model.Configuration;
import io.makolb.model.EntryKind;
import io.makolb.model.HealthMark;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.VipId;
import io.makolb.plane.HealthCheckImage;
import io.makolb.plane.InterfaceImage;
import io.makolb.plane.PlaneFullException;
import io.makolb.plane.PlaneFullException.Limit;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneLimits;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What packets should obey, given what the operator wants, what the machine says, and the numbers already given out. Pure. */
final class Projection {

    private final DataplaneDefaults defaults;

    Projection(DataplaneDefaults defaults) {
        this.defaults = defaults;
    }

    /**
     * Projects a configuration.
     *
     * @param current whose numbers are kept
     * @param projectedFrom the configuration {@code current} is the projection of; what it shares with {@code wanted} is not
     *     looked at again. Absent: nobody knows
     * @throws io.makolb.plane.PlaneFullException when a limit does not hold it
     * @throws NumbersRetiredException when retired numbers must be freed first
     */
    PlaneImage project(
            Configuration wanted,
            Map<String, Observation> observations,
            PlaneImage current,
            @Nullable Configuration projectedFrom,
            Retirement retirement) {
        Configuration before = projectedFrom == null ? Configuration.EMPTY : projectedFrom;
        BulkSets bulk = bulk(wanted, current.limits());
        RealNumbering reals = RealNumbering.of(wanted, bulk, before, current, projectedFrom != null, retirement);
        VipNumbering vips = VipNumbering.of(wanted, before, current, reals, retirement);
        return new PlaneImage(
                current.limits(),
                vips.live(),
                reals.live(),
                vips.retired(),
                reals.retired(),
                wanted.entries().of(EntryKind.DECAP_DESTINATIONS),
                bulk,
                interfaces(wanted, observations),
                healthChecks(wanted, observations, current.limits()));
    }

    /** What packets do not look for takes no memory of the kernel. */
    private static BulkSets bulk(Configuration wanted, PlaneLimits limits) {
        BulkSets obeyed = wanted.bulk();
        for (BulkKind<?> kind : BulkKind.ALL) {
            if (limits.most(kind) == 0) {
                obeyed = obeyed.with(BulkSet.empty(kind));
            } else {
                requireRoom(Limit.of(kind), kind.noun() + "s", obeyed.of(kind).size(), limits.most(kind));
            }
        }
        return obeyed;
    }

    private HealthCheckImage healthChecks(
            Configuration wanted, Map<String, Observation> observations, PlaneLimits limits) {
        NavigableMap<HealthMark, Address> marks = wanted.entries().of(EntryKind.HEALTHCHECK_MARKS);
        requireRoom(Limit.HEALTHCHECK_MARKS, "health-check marks", marks.size(), limits.maxHealthcheckMarks());
        NavigableSet<VipId> keys =
                wanted.entries().of(EntryKind.HEALTHCHECK_KEYS).navigableKeySet();
        requireRoom(Limit.HEALTHCHECK_KEYS, "health-check keys", keys.size(), limits.maxHealthcheckKeys());
        NavigableSet<String> interfaces = new TreeSet<>();
        if (wanted.attached()) {
            defaults.healthCheckInterfaces().stream()
                    .filter(name -> !missing(name, observations))
                    .forEach(interfaces::add);
        }
        return new HealthCheckImage(marks, keys, interfaces);
    }

    private static void requireRoom(Limit limit, String what, int wanted, int size) {
        if (wanted > size) {
            throw new PlaneFullException(
                    limit,
                    size,
                    size,
                    "The plane has room for " + size + " " + what + ", " + wanted + " are wanted.",
                    0);
        }
    }

    /** The part of it that concerns interfaces. */
    NavigableMap<String, InterfaceImage> interfaces(Configuration wanted, Map<String, Observation> observations) {
        NavigableMap<String, InterfaceImage> images = new TreeMap<>();
        for (String name : defaults.interfaces()) {
            InterfaceSettings settings = wanted.interfaces().getOrDefault(name, InterfaceSettings.DEFAULT);
            boolean attached = wanted.attached() && !missing(name, observations);
            AttachMode mode = settings.mode().orElse(defaults.mode());
            images.put(name, new InterfaceImage(attached, mode, gateway(name, settings, observations)));
        }
        return images;
    }

    private Optional<MacAddress> gateway(
            String name, InterfaceSettings settings, Map<String, Observation> observations) {
        return settings.gateway().or(defaults::gateway).or(() -> discovered(name, observations));
    }

    private static Optional<MacAddress> discovered(String name, Map<String, Observation> observations) {
        Observation observation = observations.get(new Observation.GatewayMac(name, Optional.empty()).key());
        return observation instanceof Observation.GatewayMac gateway ? gateway.mac() : Optional.empty();
    }

    /** Whether the machine said that there is no such interface now. */
    static boolean missing(String name, Map<String, Observation> observations) {
        Observation observation = observations.get(new Observation.LinkState(name, 0, false).key());
        return observation instanceof Observation.LinkState link && link.index() == 0;
    }
}

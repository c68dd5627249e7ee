package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.BulkComparison;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.BulkSets;
import io.makolb.model.DecapDestination;
import io.makolb.model.EntryKind;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.HealthCheckImage;
import io.makolb.plane.InterfaceImage;
import io.makolb.plane.MemberImage;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.RealImage;
import io.makolb.plane.VipImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In what two images differ, resource by resource, in words. Pure. */
final class Comparison {

    private static final String PRESENCE = "presence";
    private static final String IN_FORCE = "in force";
    private static final String ABSENT = "absent";
    private static final String DATAPLANE = "dataplane";

    private final NavigableMap<String, List<Deviation>> found = new TreeMap<>();

    private Comparison() {}

    static NavigableMap<String, List<Deviation>> of(PlaneImage wanted, PlaneImage held) {
        Comparison comparison = new Comparison();
        SideBySide.walk(wanted.vips(), held.vips(), comparison::vip);
        SideBySide.walk(wanted.reals(), held.reals(), comparison::real);
        SideBySide.walk(wanted.decapDestinations(), held.decapDestinations(), comparison::decapDestination);
        SideBySide.walk(wanted.interfaces(), held.interfaces(), comparison::networkInterface);
        BulkKind.ALL.forEach(kind -> comparison.bulk(kind, wanted.bulk(), held.bulk()));
        comparison.healthChecks(wanted.healthChecks(), held.healthChecks());
        SideBySide.walk(wanted.retiredVips(), held.retiredVips(), (id, was, is) -> {
            if (!wanted.vips().containsKey(id)) {
                comparison.retired("VIP " + id, was, is);
            }
        });
        SideBySide.walk(wanted.retiredReals(), held.retiredReals(), (address, was, is) -> {
            if (!wanted.reals().containsKey(address)) {
                comparison.retired("real " + address, was, is);
            }
        });
        return comparison.found;
    }

    private void vip(VipId id, @Nullable VipImage wanted, @Nullable VipImage held) {
        String resource = new ResourceKey.OfVip(id).toString();
        if (wanted == null || held == null) {
            add(resource, PRESENCE, wanted == null ? ABSENT : IN_FORCE, held == null ? ABSENT : IN_FORCE);
            return;
        }
        add(resource, "number", wanted.number(), held.number());
        add(resource, "flags", flags(wanted.flags()), flags(held.flags()));
        add(resource, "hashFunction", wanted.hashFunction(), held.hashFunction());
        add(resource, "onEmpty", wanted.onEmpty(), held.onEmpty());
        add(resource, "downReals", wanted.downReals(), held.downReals());
        if (wanted.ringRecipe() != held.ringRecipe()) {
            add(
                    resource,
                    "ring",
                    wanted.ringRecipe() == 0 ? "none" : "built from the reals of the configuration",
                    held.ringRecipe() == 0 ? "none, or damaged" : "built from something else");
        }
        SideBySide.walk(wanted.members(), held.members(), (real, one, other) -> member(id, real, one, other));
    }

    private void member(VipId id, Address real, @Nullable MemberImage wanted, @Nullable MemberImage held) {
        String resource = new ResourceKey.OfMembership(id, real).toString();
        if (wanted == null || held == null) {
            add(resource, PRESENCE, wanted == null ? ABSENT : IN_FORCE, held == null ? ABSENT : IN_FORCE);
            return;
        }
        add(resource, "index", wanted.index(), held.index());
        add(resource, "weight", wanted.weight(), held.weight());
        add(resource, "adminState", state(wanted), state(held));
    }

    private void real(Address address, @Nullable RealImage wanted, @Nullable RealImage held) {
        String resource = new ResourceKey.OfReal(address).toString();
        if (wanted == null || held == null) {
            add(resource, PRESENCE, wanted == null ? ABSENT : IN_FORCE, held == null ? ABSENT : IN_FORCE);
            return;
        }
        add(resource, "index", wanted.index(), held.index());
        add(resource, "local", wanted.local(), held.local());
    }

    private <K extends Comparable<? super K>> void bulk(BulkKind<K> kind, BulkSets wanted, BulkSets held) {
        BulkSet<K> one = wanted.of(kind);
        BulkSet<K> other = held.of(kind);
        BulkComparison compared = other.comparedWith(one);
        if (!compared.isSmall()) {
            String resource = new ResourceKey.OfBulk(kind).toString();
            add(resource, "entries", one.size() + " in all", compared.size() + " of them differ");
            return;
        }
        compared.edits().forEach((key, real) -> {
            String resource = new ResourceKey.OfBulkEntry(kind, key).toString();
            Address expected = one.table().get(key);
            add(resource, "real", expected == null ? ABSENT : expected, real.isEmpty() ? ABSENT : real.get());
        });
    }

    private void decapDestination(Address address, @Nullable DecapDestination wanted, @Nullable DecapDestination held) {
        String resource = new ResourceKey.OfEntry(EntryKind.DECAP_DESTINATIONS, address).toString();
        add(resource, "mode", wanted == null ? ABSENT : wanted.mode(), held == null ? ABSENT : held.mode());
    }

    private void networkInterface(String name, @Nullable InterfaceImage wanted, @Nullable InterfaceImage held) {
        if (wanted == null || held == null || held.satisfies(wanted)) {
            return;
        }
        String resource = new ResourceKey.OfInterface(name).toString();
        add(resource, "attached", wanted.attached(), held.attached());
        add(resource, "gateway", gateway(wanted), gateway(held));
        if (wanted.attached() && held.attached() && wanted.mode() != AttachMode.AUTO) {
            add(resource, "mode", wanted.mode(), held.mode());
        }
    }

    private void healthChecks(HealthCheckImage wanted, HealthCheckImage held) {
        SideBySide.walk(wanted.marks(), held.marks(), (mark, one, other) -> {
            String resource = new ResourceKey.OfEntry(EntryKind.HEALTHCHECK_MARKS, mark).toString();
            add(resource, "real", one == null ? ABSENT : one, other == null ? ABSENT : other);
        });
        NavigableSet<VipId> keys = new TreeSet<>(wanted.keys());
        keys.addAll(held.keys());
        for (VipId key : keys) {
            String resource = new ResourceKey.OfEntry(EntryKind.HEALTHCHECK_KEYS, key).toString();
            boolean present = wanted.keys().contains(key);
            add(resource, PRESENCE, present ? IN_FORCE : ABSENT, held.keys().contains(key) ? IN_FORCE : ABSENT);
        }
        add(DATAPLANE, "interfaces with forwarding of health checks", wanted.interfaces(), held.interfaces());
    }

    private void retired(String whose, @Nullable Integer wanted, @Nullable Integer held) {
        add(DATAPLANE, "retired number of " + whose, text(wanted), text(held));
    }

    private static String text(@Nullable Integer number) {
        return number == null ? "none" : number.toString();
    }

    private static String gateway(InterfaceImage image) {
        return image.gateway().map(Object::toString).orElse("none");
    }

    private static String state(MemberImage member) {
        return member.enabled() ? "ENABLED" : "DISABLED";
    }

    private static List<VipFlag> flags(int bits) {
        return Arrays.stream(VipFlag.values())
                .filter(flag -> (bits & flag.bit()) != 0)
                .toList();
    }

    private void add(String resource, String what, Object wanted, Object held) {
        if (!wanted.equals(held)) {
            found.computeIfAbsent(resource, any -> new ArrayList<>())
                    .add(new Deviation(what, wanted.toString(), held.toString()));
        }
    }
}

package io.makolb.balancer;

import io.makolb.balancer.Difference.Kind;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSets;
import io.makolb.model.Configuration;
import io.makolb.model.DownSource;
import io.makolb.model.Entries;
import io.makolb.model.EntryKind;
import io.makolb.model.Membership;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two configurations, resource by resource, in the order of their keys. Costs little where both share
 * their parts, as a configuration does with the one it was made from.
 */
final class Differences {

    private static final NavigableMap<Address, Membership> NO_MEMBERS = new TreeMap<>();
    private static final NavigableMap<Address, DownSource> NONE_DOWN = new TreeMap<>();

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    static List<Difference> between(Configuration before, Configuration after) {
        if (SideBySide.same(before, after)) {
            return List.of();
        }
        Differences differences = new Differences();
        SideBySide.walk(before.vips(), after.vips(), differences::vip);
        SideBySide.walk(
                before.reals(),
                after.reals(),
                (real, was, is) -> differences.add(new ResourceKey.OfReal(real), was, is));
        SideBySide.walk(
                before.interfaces(),
                after.interfaces(),
                (name, was, is) -> differences.add(new ResourceKey.OfInterface(name), was, is));
        BulkKind.ALL.forEach(kind -> differences.bulk(kind, before.bulk(), after.bulk()));
        EntryKind.ALL.forEach(kind -> differences.entries(kind, before.entries(), after.entries()));
        differences.add(new ResourceKey.OfAttachment(), before.attached(), after.attached());
        return differences.found;
    }

    private <K extends Comparable<? super K>, V> void entries(EntryKind<K, V> kind, Entries before, Entries after) {
        SideBySide.walk(
                before.of(kind), after.of(kind), (key, was, is) -> add(new ResourceKey.OfEntry(kind, key), was, is));
    }

    private <K extends Comparable<? super K>> void bulk(BulkKind<K> kind, BulkSets before, BulkSets after) {
        if (!SideBySide.same(before, after)) {
            BulkDifferences.add(before.of(kind), after.of(kind), found);
        }
    }

    private void vip(VipId id, @Nullable VipEntry before, @Nullable VipEntry after) {
        if (SideBySide.same(before, after)) {
            return;
        }
        add(new ResourceKey.OfVip(id), before == null ? null : before.vip(), after == null ? null : after.vip());
        NavigableMap<Address, Membership> was = before == null ? NO_MEMBERS : before.members();
        NavigableMap<Address, Membership> is = after == null ? NO_MEMBERS : after.members();
        add(new ResourceKey.OfMembers(id), before == null ? null : was, after == null ? null : is);
        SideBySide.walk(was, is, (real, one, other) -> add(new ResourceKey.OfMembership(id, real), one, other));
        NavigableMap<Address, DownSource> wasDown = before == null ? NONE_DOWN : before.allDownReals();
        NavigableMap<Address, DownSource> isDown = after == null ? NONE_DOWN : after.allDownReals();
        add(new ResourceKey.OfDownReals(id), before == null ? null : wasDown, after == null ? null : isDown);
        SideBySide.walk(wasDown, isDown, (real, one, other) -> add(new ResourceKey.OfDownReal(id, real), one, other));
    }

    private void add(ResourceKey key, @Nullable Object before, @Nullable Object after) {
        if (before == null) {
            found.add(new Difference(Kind.CREATED, key));
        } else if (after == null) {
            found.add(new Difference(Kind.DELETED, key));
        } else if (!before.equals(after)) {
            found.add(new Difference(Kind.CHANGED, key));
        }
    }
}

package io.makolb.balancer;

import io.makolb.balancer.Difference.Kind;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSets;
import io.makolb.model.BulkTags;
import io.makolb.model.Configuration;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tags kept per VIP, so that a change copies those of one VIP and not those of 65,535 memberships.
 *
 * @param revision of the configuration as a whole
 * @param vips by VIP
 * @param others of everything that is no part of a VIP
 * @param bulk of resources of which there can be millions, by their kind
 */
record RevisionTags(
        long revision, Map<VipId, VipTags> vips, Map<ResourceKey, Long> others, Map<BulkKind<?>, BulkTags> bulk)
        implements Tags {

    /**
     * Tags of one VIP and what is in it.
     *
     * @param attributes of the VIP itself
     * @param members of the set of its reals
     * @param reals of each of them
     * @param downSet of the set of reals that are down for it
     * @param downReals of each of those
     */
    record VipTags(
            long attributes, long members, Map<Address, Long> reals, long downSet, Map<Address, Long> downReals) {}

    private static final VipTags NONE = new VipTags(0, 0, Map.of(), 0, Map.of());

    /** Tags as the store keeps them. */
    static RevisionTags of(long revision, Map<ResourceKey, Long> all, Map<BulkKind<?>, BulkTags> bulk) {
        Editor editor = new Editor(new RevisionTags(0, Map.of(), Map.of(), Map.copyOf(bulk)));
        all.forEach(editor::set);
        editor.revision = revision;
        return editor.freeze();
    }

    @Override
    public long of(ResourceKey resource) {
        if (resource instanceof ResourceKey.OfVip vip) {
            return of(vip.vip()).attributes();
        }
        if (resource instanceof ResourceKey.OfMembers members) {
            return of(members.vip()).members();
        }
        if (resource instanceof ResourceKey.OfMembership membership) {
            return of(membership.vip()).reals().getOrDefault(membership.real(), 0L);
        }
        if (resource instanceof ResourceKey.OfDownReals down) {
            return of(down.vip()).downSet();
        }
        if (resource instanceof ResourceKey.OfDownReal down) {
            return of(down.vip()).downReals().getOrDefault(down.real(), 0L);
        }
        if (resource instanceof ResourceKey.OfConfiguration) {
            return revision;
        }
        if (resource instanceof ResourceKey.OfBulkEntry entry) {
            return of(entry.kind()).of(entry.key());
        }
        return others.getOrDefault(resource, 0L);
    }

    VipTags of(VipId vip) {
        return vips.getOrDefault(vip, NONE);
    }

    BulkTags of(BulkKind<?> kind) {
        return bulk.getOrDefault(kind, BulkTags.NONE);
    }

    @Override
    public Map<ResourceKey, Long> all() {
        Map<ResourceKey, Long> all = new HashMap<>(others);
        vips.forEach((vip, tags) -> {
            all.put(new ResourceKey.OfVip(vip), tags.attributes());
            all.put(new ResourceKey.OfMembers(vip), tags.members());
            tags.reals().forEach((real, tag) -> all.put(new ResourceKey.OfMembership(vip, real), tag));
            all.put(new ResourceKey.OfDownReals(vip), tags.downSet());
            tags.downReals().forEach((real, tag) -> all.put(new ResourceKey.OfDownReal(vip, real), tag));
        });
        return all;
    }

    /**
     * The same tags after one change.
     *
     * @param differences between the two
     */
    RevisionTags after(long newRevision, List<Difference> differences, Configuration before, Configuration after) {
        Editor editor = new Editor(this);
        for (Difference difference : differences) {
            if (difference.kind() == Kind.DELETED) {
                editor.remove(difference.resource(), newRevision);
            } else {
                editor.set(difference.resource(), newRevision);
            }
        }
        editor.revision = newRevision;
        editor.bulk = bulkAfter(newRevision, before.bulk(), after.bulk());
        return editor.freeze();
    }

    private Map<BulkKind<?>, BulkTags> bulkAfter(long newRevision, BulkSets before, BulkSets after) {
        if (SideBySide.same(before, after)) {
            return bulk;
        }
        Map<BulkKind<?>, BulkTags> tags = new HashMap<>(bulk);
        BulkKind.ALL.stream()
                .filter(kind -> !SideBySide.same(before.of(kind), after.of(kind)))
                .forEach(kind -> tags.put(kind, bulkAfter(kind, newRevision, before, after)));
        tags.values().removeIf(BulkTags.NONE::equals);
        return tags;
    }

    private <K extends Comparable<? super K>> BulkTags bulkAfter(
            BulkKind<K> kind, long newRevision, BulkSets before, BulkSets after) {
        return of(kind).after(newRevision, before.of(kind), after.of(kind));
    }

    /** Copies each part when it is first touched. */
    private static final class Editor {
        /** The tag of what does not exist any more. */
        private static final long GONE = -1;

        private final RevisionTags base;
        private final Map<VipId, Draft> touched = new HashMap<>();
        private final Map<ResourceKey, Long> touchedOthers = new HashMap<>();
        private long revision;
        private Map<BulkKind<?>, BulkTags> bulk;

        private static final class Draft {
            private boolean gone;
            private long attributes;
            private long members;
            private Map<Address, Long> reals;
            private long downSet;
            private Map<Address, Long> downReals;

            Draft(VipTags tags) {
                attributes = tags.attributes();
                members = tags.members();
                reals = new HashMap<>(tags.reals());
                downSet = tags.downSet();
                downReals = new HashMap<>(tags.downReals());
            }
        }

        Editor(RevisionTags base) {
            this.base = base;
            this.bulk = base.bulk;
        }

        private Draft draft(VipId vip) {
            return touched.computeIfAbsent(vip, id -> new Draft(base.of(id)));
        }

        void set(ResourceKey resource, long tag) {
            if (resource instanceof ResourceKey.OfVip vip) {
                draft(vip.vip()).attributes = tag;
            } else if (resource instanceof ResourceKey.OfMembers members) {
                draft(members.vip()).members = tag;
            } else if (resource instanceof ResourceKey.OfMembership membership) {
                draft(membership.vip()).reals.put(membership.real(), tag);
            } else if (resource instanceof ResourceKey.OfDownReals down) {
                draft(down.vip()).downSet = tag;
            } else if (resource instanceof ResourceKey.OfDownReal down) {
                draft(down.vip()).downReals.put(down.real(), tag);
            } else if (!(resource instanceof ResourceKey.OfConfiguration
                    || resource instanceof ResourceKey.OfBulkEntry)) {
                touchedOthers.put(resource, tag);
            }
        }

        /** Attributes that return to their defaults keep a tag: the resource goes on to exist. */
        void remove(ResourceKey resource, long tag) {
            if (resource instanceof ResourceKey.OfVip vip) {
                draft(vip.vip()).gone = true;
            } else if (resource instanceof ResourceKey.OfMembership membership) {
                draft(membership.vip()).reals.remove(membership.real());
            } else if (resource instanceof ResourceKey.OfDownReal down) {
                draft(down.vip()).downReals.remove(down.real());
            } else if (resource instanceof ResourceKey.OfEntry) {
                touchedOthers.put(resource, GONE);
            } else {
                set(resource, tag);
            }
        }

        RevisionTags freeze() {
            Map<VipId, VipTags> vips = base.vips();
            if (!touched.isEmpty()) {
                vips = new HashMap<>(vips);
                for (Map.Entry<VipId, Draft> entry : touched.entrySet()) {
                    Draft draft = entry.getValue();
                    if (draft.gone) {
                        vips.remove(entry.getKey());
                    } else {
                        vips.put(
                                entry.getKey(),
                                new VipTags(
                                        draft.attributes, draft.members, draft.reals, draft.downSet, draft.downReals));
                    }
                }
            }
            Map<ResourceKey, Long> others = base.others();
            if (!touchedOthers.isEmpty()) {
                others = new HashMap<>(others);
                others.putAll(touchedOthers);
                others.values().removeIf(tag -> tag == GONE);
            }
            return new RevisionTags(revision, vips, others, bulk);
        }
    }

    /** The VIPs that have tags. */
    Set<VipId> tagged() {
        return vips.keySet();
    }
}

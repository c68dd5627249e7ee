package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.RealAttributes;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import io.makolb.store.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The documents that differences touch, as they are after them.
 *
 * @param puts created or changed
 * @param deletes gone
 */
record Documents(List<Document> puts, List<ResourceKey> deletes) {

    static Documents of(List<Difference> differences, Configuration after, RevisionTags tags) {
        Set<ResourceKey> touched = new LinkedHashSet<>();
        for (Difference difference : differences) {
            touched.add(home(difference.resource()));
        }
        List<Document> puts = new ArrayList<>();
        List<ResourceKey> deletes = new ArrayList<>();
        for (ResourceKey key : touched) {
            Document document = document(key, after, tags);
            if (document == null) {
                deletes.add(key);
            } else {
                puts.add(document);
            }
        }
        return new Documents(puts, deletes);
    }

    /** The differences for the history; see {@link io.makolb.store.RevisionEntry}. */
    static List<String> diff(List<Difference> differences) {
        Set<VipId> whole = new HashSet<>();
        List<String> lines = new ArrayList<>();
        for (Difference difference : differences) {
            ResourceKey resource = difference.resource();
            if (resource instanceof ResourceKey.OfVip vip && difference.kind() != Difference.Kind.CHANGED) {
                whole.add(vip.vip());
            }
            boolean implied = resource instanceof ResourceKey.OfMembers
                    || resource instanceof ResourceKey.OfDownReals
                    || (resource instanceof ResourceKey.OfBulk
                            && difference.summary().isEmpty())
                    || (resource instanceof ResourceKey.OfMembership member && whole.contains(member.vip()))
                    || (resource instanceof ResourceKey.OfDownReal down && whole.contains(down.vip()));
            if (!implied) {
                String summary = difference.summary();
                lines.add(sign(difference.kind()) + " " + resource + (summary.isEmpty() ? "" : ": " + summary));
            }
        }
        return lines;
    }

    private static String sign(Difference.Kind kind) {
        return switch (kind) {
            case CREATED -> "+";
            case CHANGED -> "~";
            case DELETED -> "-";
        };
    }

    /** The resource in whose document another one is kept. */
    private static ResourceKey home(ResourceKey resource) {
        if (resource instanceof ResourceKey.OfMembers members) {
            return new ResourceKey.OfVip(members.vip());
        }
        if (resource instanceof ResourceKey.OfMembership membership) {
            return new ResourceKey.OfVip(membership.vip());
        }
        if (resource instanceof ResourceKey.OfDownReals down) {
            return new ResourceKey.OfVip(down.vip());
        }
        if (resource instanceof ResourceKey.OfDownReal down) {
            return new ResourceKey.OfVip(down.vip());
        }
        if (resource instanceof ResourceKey.OfBulkEntry entry) {
            return new ResourceKey.OfBulk(entry.kind());
        }
        return resource;
    }

    private static @Nullable Document document(ResourceKey key, Configuration after, RevisionTags tags) {
        if (key instanceof ResourceKey.OfVip vip) {
            return vip(vip.vip(), after, tags);
        }
        if (key instanceof ResourceKey.OfReal real) {
            RealAttributes attributes = after.reals().getOrDefault(real.real(), RealAttributes.DEFAULT);
            return new Document.OfReal(real.real(), attributes, tags.of(key));
        }
        if (key instanceof ResourceKey.OfInterface named) {
            InterfaceSettings settings = after.interfaces().getOrDefault(named.name(), InterfaceSettings.DEFAULT);
            return new Document.OfInterface(named.name(), settings, tags.of(key));
        }
        if (key instanceof ResourceKey.OfEntry entry) {
            Object value = after.entries().get(entry.kind(), entry.key());
            return value == null ? null : new Document.OfEntry(entry, value, tags.of(key));
        }
        if (key instanceof ResourceKey.OfBulk bulk) {
            return new Document.OfBulk(after.bulk().of(bulk.kind()), tags.of(bulk.kind()), tags.of(key));
        }
        if (key instanceof ResourceKey.OfAttachment) {
            return new Document.OfAttachment(after.attached(), tags.of(key));
        }
        throw new IllegalArgumentException("nothing differs in " + key + " itself");
    }

    private static @Nullable Document vip(VipId id, Configuration after, RevisionTags tags) {
        VipEntry entry = after.vips().get(id);
        if (entry == null) {
            return null;
        }
        RevisionTags.VipTags of = tags.of(id);
        return new Document.OfVip(entry, of.attributes(), of.members(), of.reals(), of.downSet(), of.downReals());
    }
}

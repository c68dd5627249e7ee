package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.Configuration;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipEntry;

/** Which resources exist, and whether a demand made of one holds. */
final class Existence {

    private Existence() {}

    /** Whether a GET of the resource would find it. Interfaces, the attachment and the configuration are always there. */
    static boolean of(ResourceKey resource, Configuration configuration) {
        if (resource instanceof ResourceKey.OfVip vip) {
            return configuration.vips().containsKey(vip.vip());
        }
        if (resource instanceof ResourceKey.OfMembers members) {
            return configuration.vips().containsKey(members.vip());
        }
        if (resource instanceof ResourceKey.OfMembership membership) {
            VipEntry entry = configuration.vips().get(membership.vip());
            return entry != null && entry.members().containsKey(membership.real());
        }
        if (resource instanceof ResourceKey.OfDownReals down) {
            return configuration.vips().containsKey(down.vip());
        }
        if (resource instanceof ResourceKey.OfDownReal down) {
            VipEntry entry = configuration.vips().get(down.vip());
            return entry != null && entry.allDownReals().containsKey(down.real());
        }
        if (resource instanceof ResourceKey.OfReal real) {
            return realExists(real.real(), configuration);
        }
        if (resource instanceof ResourceKey.OfBulkEntry entry) {
            return configuration.bulk().of(entry.kind()).table().get(entry.key()) != null;
        }
        if (resource instanceof ResourceKey.OfEntry entry) {
            return configuration.entries().get(entry.kind(), entry.key()) != null;
        }
        return true;
    }

    private static boolean realExists(Address real, Configuration configuration) {
        return configuration.reals().containsKey(real) || configuration.uses(real);
    }

    /**
     * Checks a precondition.
     *
     * @throws Refusal {@code STALE_ETAG} when it does not hold, with the current tag
     */
    static void require(Precondition precondition, ResourceKey target, Configuration configuration, Tags tags) {
        if (precondition instanceof Precondition.None) {
            return;
        }
        boolean exists = of(target, configuration);
        if (precondition instanceof Precondition.IfAbsent) {
            if (exists) {
                throw stale(
                        "/api/v1/" + target + " exists already, at tag \"" + tags.of(target) + "\".",
                        "Nothing was overwritten. To change it all the same, read it and send If-Match: \""
                                + tags.of(target) + "\".");
            }
        } else if (!exists) {
            throw stale(
                    "/api/v1/" + target + " does not exist.",
                    "It was deleted or never created: read the list above it. A PUT with If-None-Match: * creates.");
        } else if (precondition instanceof Precondition.IfMatch match
                && !match.revisions().contains(tags.of(target))) {
            throw stale(
                    "/api/v1/" + target + " was changed since: its tag is \"" + tags.of(target) + "\" now.",
                    "Read it again, decide again, and send If-Match: \"" + tags.of(target) + "\".");
        }
    }

    private static Refusal stale(String detail, String remedy) {
        return new Refusal(Reason.STALE_ETAG, detail, remedy);
    }
}

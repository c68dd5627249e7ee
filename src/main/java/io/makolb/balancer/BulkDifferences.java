package io.makolb.balancer;

import io.makolb.balancer.Difference.Kind;
import io.makolb.model.BulkComparison;
import io.makolb.model.BulkSet;
import io.makolb.model.ResourceKey;
import java.util.List;

/** What differs between two sets of which there can be millions: key by key while they are few, else in numbers. */
final class BulkDifferences {

    private BulkDifferences() {}

    static <K extends Comparable<? super K>> void add(BulkSet<K> before, BulkSet<K> after, List<Difference> found) {
        if (SideBySide.same(before, after)) {
            return;
        }
        BulkComparison compared = after.comparedWith(before);
        ResourceKey.OfBulk set = new ResourceKey.OfBulk(after.kind());
        if (compared.size() == 0) {
            return;
        }
        if (!compared.isSmall()) {
            found.add(new Difference(Kind.CHANGED, set, summary(compared, after)));
            return;
        }
        found.add(new Difference(Kind.CHANGED, set));
        compared.edits().forEach((key, real) -> {
            Kind kind = real.isEmpty() ? Kind.DELETED : before.table().get(key) == null ? Kind.CREATED : Kind.CHANGED;
            found.add(new Difference(kind, new ResourceKey.OfBulkEntry(after.kind(), key)));
        });
    }

    private static String summary(BulkComparison compared, BulkSet<?> after) {
        return compared.created() + " created, " + compared.changed() + " changed, " + compared.deleted()
                + " deleted; now " + after.size() + ", SHA-256 " + after.digest();
    }
}

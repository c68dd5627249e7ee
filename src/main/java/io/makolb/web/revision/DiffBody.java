package io.makolb.web.revision;

import io.makolb.balancer.Difference;
import io.makolb.model.BulkKind;
import io.makolb.web.config.ConfigBody;
import io.makolb.web.config.ConfigVip;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One resource that a revision touched. */
@Schema(name = "RevisionDifference", description = "One resource that a revision touched")
record DiffBody(
        @Schema(description = "In which way it differs", example = "CHANGED")
        Difference.Kind kind,

        @Schema(description = "Its path below the base", example = "vips/10.200.1.1-80-tcp/reals/10.0.0.1")
        String resource,

        @Schema(
                description = "What it was, in the form of /config; absent when it was not there or had its defaults",
                types = "object",
                example = "{\"weight\":3}")
        @Nullable Object before,

        @Schema(
                description = "What it became, in the form of /config; absent when it is not there or has its defaults",
                types = "object",
                example = "{\"weight\":5}")
        @Nullable Object after) {

    /** Between a path and what is said of it, where it is too large to be shown. */
    private static final String SUMMARY = ": ";

    /**
     * The entry of a line of the history.
     *
     * @param line sign and path, see {@link io.makolb.store.RevisionEntry}
     * @param before empty where it is not known
     * @param after empty where it is not known
     */
    static DiffBody of(String line, Optional<ConfigBody> before, Optional<ConfigBody> after) {
        Difference.Kind kind = switch (line.charAt(0)) {
            case '+' -> Difference.Kind.CREATED;
            case '-' -> Difference.Kind.DELETED;
            default -> Difference.Kind.CHANGED;
        };
        int colon = line.indexOf(SUMMARY);
        if (colon >= 0) {
            return new DiffBody(
                    kind, line.substring(2, colon), null, Map.of("summary", line.substring(colon + SUMMARY.length())));
        }
        String path = line.substring(2);
        boolean whole = kind != Difference.Kind.CHANGED;
        return new DiffBody(
                kind,
                path,
                before.map(config -> value(path, config, whole)).orElse(null),
                after.map(config -> value(path, config, whole)).orElse(null));
    }

    /**
     * The value of a resource in a configuration.
     *
     * @param whole a VIP with its reals; else they have entries of their own
     */
    private static @Nullable Object value(String path, ConfigBody config, boolean whole) {
        String[] parts = path.split("/", -1);
        if (isBulk(parts[0])) {
            return null; // of which there can be millions: no past configuration keeps them
        }
        if (parts[0].equals("reals")) {
            return named(config.reals(), parts[1]);
        }
        if (parts[0].equals("dataplane")) {
            return parts[1].equals("attachment") ? config.attachment() : named(config.interfaces(), parts[2]);
        }
        ConfigVip vip = named(config.vips(), parts[1]);
        if (vip == null || parts.length == 3) {
            return null;
        }
        if (parts.length == 4) {
            return parts[2].equals("reals") ? named(vip.reals(), parts[3]) : named(vip.downReals(), parts[3]);
        }
        return whole ? vip : vip.withoutReals();
    }

    private static boolean isBulk(String path) {
        return BulkKind.ALL.stream().anyMatch(kind -> kind.path().equals(path));
    }

    private static <V> @Nullable V named(@Nullable Map<String, V> all, String name) {
        return all == null ? null : all.get(name);
    }
}

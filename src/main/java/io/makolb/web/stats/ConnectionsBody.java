package io.makolb.web.stats;

import io.makolb.plane.ConnectionSample;
import io.makolb.stats.Connections;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A number of connections in JSON. */
@Schema(
        name = "Connections",
        description = "Connections that the tables remember; one that has ended is among them until another takes its"
                + " place, and one whose packets come in on several CPUs counts on each")
public record ConnectionsBody(
        @Schema(description = "How many there are", example = "1042")
        long count,

        @Schema(description = "How old the count is: the tables are read at most every 10 s", example = "3.2")
        double ageSeconds) {

    private static final double NANOS = 1e9;

    /** Null when nothing could be counted. */
    public static @Nullable ConnectionsBody of(
            Optional<Connections.Count> count, ToLongFunction<ConnectionSample> number) {
        return count.map(counted -> new ConnectionsBody(
                        number.applyAsLong(counted.sample()),
                        Rounded.to(counted.age().toNanos() / NANOS, 1)))
                .orElse(null);
    }
}

package io.makolb.stats;

import io.makolb.plane.ConnectionFilter;
import io.makolb.plane.ConnectionSample;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many connections there are. To count them all tables are read, so a count is good for {@link #GOOD}, and nobody who does not
 * ask pays for one. */
public final class Connections {

    /** The tables are read at most so often. */
    static final Duration GOOD = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    /**
     * A count.
     *
     * @param sample the count
     * @param age how old it is
     */
    public record Count(ConnectionSample sample, Duration age) {}

    private final ForwardingPlane plane;
    private final LongSupplier nanos;
    private @Nullable ConnectionSample last;
    private boolean failing;

    /**
     * Nothing is counted yet.
     *
     * @param nanos the monotonic clock of the samples
     */
    Connections(ForwardingPlane plane, LongSupplier nanos) {
        this.plane = plane;
        this.nanos = nanos;
    }

    /** The latest count; absent when the tables cannot be read. May take as long as reading them. */
    public synchronized Optional<Count> count() {
        ConnectionSample sample = last;
        if (sample == null || nanos.getAsLong() - sample.nanos() >= GOOD.toNanos()) {
            sample = scan();
        }
        return Optional.ofNullable(sample)
                .map(counted -> new Count(counted, Duration.ofNanos(Math.max(0, nanos.getAsLong() - counted.nanos()))));
    }

    private @Nullable ConnectionSample scan() {
        try {
            last = plane.connections(ConnectionFilter.ALL);
            failing = false;
        } catch (PlaneException e) {
            if (!failing) {
                log.warn("The connections cannot be counted: {}", e.getMessage(), e);
            }
            failing = true;
        }
        return last;
    }
}

package io.makolb.plane;

import io.makolb.linux.ClockTicks;
import java.time.Duration;
import java.util.Optional;

/** Reads the time stamps of connections: {@code bpf/clock.h} seen from here, at one moment. */
final class StampClock {

    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final int hertz;
    private final int shift;
    private final int now;

    private StampClock(int hertz, long jiffies) {
        this.hertz = hertz;
        this.shift = PlaneSettings.stampShift(hertz);
        this.now = (int) (jiffies >>> shift);
    }

    static StampClock now() {
        return new StampClock(ClockTicks.hertz(), ClockTicks.jiffies());
    }

    /** How long ago a stamp was written; absent for the stamp that says that nobody knows. */
    Optional<Duration> since(int stamp) {
        // The difference, because stamps overflow. One that was written a moment later than this moment is not old.
        int units = Math.max(0, now - stamp);
        return stamp == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(((long) units << shift) * NANOS / hertz));
    }
}

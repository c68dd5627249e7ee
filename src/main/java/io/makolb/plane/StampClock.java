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

    /** The stamp of what was silent for so long; absent: the one that says that nobody knows. */
    int stamp(Optional<Duration> silent) {
        if (silent.isEmpty()) {
            return 0;
        }
        // Older than half of what a stamp can tell is as old as it gets.
        long units = Math.min(silent.get().toMillis() * hertz / 1000 >> shift, Integer.MAX_VALUE);
        int stamp = now - (int) units;
        return stamp == 0 ? 1 : stamp;
    }

    /** Whether the connection of one last word was silent for longer than that of another; purged ones for longest. */
    boolean isOlder(long word, long other) {
        return Integer.compareUnsigned(age(word), age(other)) > 0;
    }

    private int age(long word) {
        return FlowEntry.isConnection(word) ? now - (int) (word >>> 32) : -1;
    }

    /** How long ago a stamp was written; absent for the stamp that says that nobody knows. */
    Optional<Duration> since(int stamp) {
        // The difference, because stamps overflow. One that was written a moment later than this moment is not old.
        int units = Math.max(0, now - stamp);
        return stamp == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(((long) units << shift) * NANOS / hertz));
    }
}

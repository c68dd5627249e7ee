package io.makolb.linux;

import com.sun.jna.Memory;

/** The tick of the kernel's coarse clocks. */
public final class ClockTicks {

    private static final long NANOSECONDS_PER_SECOND = 1_000_000_000;

    private ClockTicks() {}

    /** Ticks per second, the kernel's HZ: how fast {@code bpf_jiffies64()} counts. 100, 250, 300 or 1000. */
    public static int hertz() {
        try (Memory timespec = new Memory(2L * Long.BYTES)) {
            if (Libc.clock_getres(Libc.CLOCK_MONOTONIC_COARSE, timespec) != 0) {
                throw LinuxException.last("read the resolution of", "CLOCK_MONOTONIC_COARSE");
            }
            return hertz(timespec.getLong(0), timespec.getLong(Long.BYTES));
        }
    }

    /**
     * How many ticks the kernel has counted: what {@code bpf_jiffies64()} answers now, give or take a few. The count does not begin
     * at 0 but five minutes before 32 bits of it are full, so that nobody forgets that they overflow.
     */
    public static long jiffies() {
        try (Memory timespec = new Memory(2L * Long.BYTES)) {
            if (Libc.clock_gettime(Libc.CLOCK_MONOTONIC_COARSE, timespec) != 0) {
                throw LinuxException.last("read", "CLOCK_MONOTONIC_COARSE");
            }
            return jiffies(timespec.getLong(0), timespec.getLong(Long.BYTES), hertz());
        }
    }

    static long jiffies(long seconds, long nanoseconds, int hertz) {
        return Integer.toUnsignedLong(-300 * hertz) + seconds * hertz + nanoseconds * hertz / NANOSECONDS_PER_SECOND;
    }

    /** The kernel rounds its tick to whole nanoseconds, up or down; so HZ is rounded as well, not cut. */
    static int hertz(long seconds, long nanoseconds) {
        long tick = seconds * NANOSECONDS_PER_SECOND + nanoseconds;
        return Math.toIntExact((NANOSECONDS_PER_SECOND + tick / 2) / tick);
    }
}

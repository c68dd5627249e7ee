package io.makolb.bench;

import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import io.makolb.ring.AddressHash;
import io.makolb.ring.Endpoint;
import io.makolb.ring.RingBuilder;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * How long the control plane takes for a change.
 *
 * @param name what is changed
 * @param millis median
 * @param target at most
 */
record Change(String name, double millis, double target) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int SLOTS = 65537;
    private static final int FIRST_REAL = 0x0a000001;
    private static final int RING_RUNS = 101;
    /** Enough for the compiler of the virtual machine to have done its work; not counted. */
    private static final int RING_WARM_UP = 300;

    private static final int WEIGHT_RUNS = 31;
    private static final int WEIGHT_WARM_UP = 20;

    /** Generating one ring, with a builder that is warm. */
    static Change ofRing(HashFunction function, int reals) {
        List<Endpoint> endpoints = IntStream.range(0, reals)
                .mapToObj(i -> new Endpoint(i + 1, 1 + i % 10, AddressHash.of(Address.ipv4(FIRST_REAL + i))))
                .toList();
        RingBuilder builder = new RingBuilder();
        // Processor time: on a busy machine the clock would mostly show the others.
        double nanos = median(RING_WARM_UP, RING_RUNS, run -> {
            long start = THREADS.getCurrentThreadCpuTime();
            builder.build(function, endpoints, SLOTS);
            return THREADS.getCurrentThreadCpuTime() - start;
        });
        return new Change("ring of 65537 slots, " + function + ", " + reals + " reals", nanos / 1e6, 2);
    }

    /** One weight of a VIP with 100 reals, until packets obey it. */
    static Change ofWeight(MeasuredPlane plane) {
        double nanos = median(
                WEIGHT_WARM_UP,
                WEIGHT_RUNS,
                run -> plane.changeWeight(2 + Math.floorMod(run, 7)).toNanos());
        return new Change("one weight of 100, in the kernel", nanos / 1e6, 3);
    }

    private static double median(int warmUp, int runs, IntToLongFunction timed) {
        int[] nanos = new int[runs];
        for (int run = -warmUp; run < runs; run++) {
            int taken = Math.toIntExact(timed.applyAsLong(run));
            if (run >= 0) {
                nanos[run] = taken;
            }
        }
        return Timing.median(nanos);
    }
}

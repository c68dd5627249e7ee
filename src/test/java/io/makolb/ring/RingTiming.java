package io.makolb.ring;

import io.makolb.model.HashFunction;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Prints how much CPU time a warm builder takes for a ring of 65537 slots. Run by hand; no test, for a time is no fact about the code. */
final class RingTiming {

    private static final int RUNS = 400;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private RingTiming() {}

    public static void main(String[] arguments) {
        RingBuilder builder = new RingBuilder();
        for (HashFunction function : List.of(HashFunction.MAGLEV, HashFunction.MAGLEV_V2)) {
            for (int reals : new int[] {10, 100, 1000, 4000}) {
                for (int largestWeight : new int[] {1, 100, 1_000_000}) {
                    report(builder, function, reals, largestWeight);
                }
            }
        }
    }

    private static void report(RingBuilder builder, HashFunction function, int reals, int largestWeight) {
        List<Endpoint> endpoints = IntStream.range(0, reals)
                .mapToObj(i ->
                        new Endpoint(i + 1, i % 2 == 0 ? 1 : 1 + (i * 31 % largestWeight), 0x9E3779B97F4A7C15L * i))
                .toList();
        long[] nanos = new long[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long start = THREADS.getCurrentThreadCpuTime();
            builder.build(function, endpoints, 65537);
            nanos[run] = THREADS.getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-10s %5d reals, weights to %7d: median %.2f ms, 90th percentile %.2f ms%n",
                function, reals, largestWeight, nanos[RUNS / 2] / 1e6, nanos[RUNS * 9 / 10] / 1e6);
    }
}

package io.makolb.bench;

import java.util.Arrays;

/**
 * A case and its floor, measured in turns.
 *
 * @param floorNanos median over the runs, per packet
 * @param nanos median over the runs, per packet
 */
record Timing(Case measured, double floorNanos, double nanos) {

    static Timing of(Case measured, int[] floorRuns, int[] runs) {
        return new Timing(measured, median(floorRuns), median(runs));
    }

    /** How many times as long as the floor. */
    double ratio() {
        return nanos / floorNanos;
    }

    boolean slowerThanKatran() {
        return ratio() > measured.katran();
    }

    boolean missesTarget() {
        return ratio() > measured.target();
    }

    static double median(int[] runs) {
        int[] sorted = runs.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }
}

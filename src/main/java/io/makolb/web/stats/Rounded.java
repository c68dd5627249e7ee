package io.makolb.web.stats;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Numbers for people: as many decimals as the measurement carries. */
final class Rounded {

    private Rounded() {}

    static Instant to(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS);
    }

    static double to(double value, int decimals) {
        double scale = Math.pow(10, decimals);
        return Math.round(value * scale) / scale;
    }
}

package io.makolb.web.stats;

/** Numbers for people: as many decimals as the measurement carries. */
final class Rounded {

    private Rounded() {}

    static double to(double value, int decimals) {
        double scale = Math.pow(10, decimals);
        return Math.round(value * scale) / scale;
    }
}

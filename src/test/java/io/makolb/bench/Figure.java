package io.makolb.bench;

import java.util.List;
import java.util.Locale;

/**
 * One measured value of the control plane.
 *
 * @param load under which configuration
 * @param target what it should be at most; 0: nothing was promised
 */
record Figure(String load, String name, double value, String unit, double target) {

    /** The smallest value that this share of the values does not exceed. */
    static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%-72s %8.1f %s%s",
                name,
                value,
                unit,
                target > 0 && value > target ? "  misses " + target : "");
    }

    String row() {
        String wanted = target > 0 ? String.format(Locale.ROOT, "%.0f %s", target, unit) : "";
        return String.format(Locale.ROOT, "| %s | %s | %.1f %s | %s |%n", load, name, value, unit, wanted);
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"load\":\"%s\",\"name\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"target\":%.0f}",
                load,
                name,
                value,
                unit,
                target);
    }
}

package io.makolb.bench;

import java.util.List;
import java.util.Locale;

/** The figures as text. */
final class Table {

    private Table() {}

    /** For a terminal. */
    static String text(List<Timing> timings) {
        StringBuilder text = new StringBuilder(String.format(
                "%-38s %6s  %-13s %6s %8s %7s%n", "case", "ns", "floor, ns", "ratio", "Katran", "target"));
        for (Timing timing : timings) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-38s %6.0f  %-8s %4.0f %6.2f %8.1f %7.1f  %s%n",
                    timing.measured().name(),
                    timing.nanos(),
                    timing.measured().floor().label(),
                    timing.floorNanos(),
                    timing.ratio(),
                    timing.measured().katran(),
                    timing.measured().target(),
                    remark(timing)));
        }
        return text.toString();
    }

    /** For a page. */
    static String markdown(List<Timing> timings) {
        StringBuilder text = new StringBuilder("""
                | case | ns | floor | floor ns | ratio | Katran | target | |
                |---|---|---|---|---|---|---|---|
                """);
        for (Timing timing : timings) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %s | %.0f | %.2f | %.1f | %.1f | %s |%n",
                    timing.measured().name(),
                    timing.nanos(),
                    timing.measured().floor().label(),
                    timing.floorNanos(),
                    timing.ratio(),
                    timing.measured().katran(),
                    timing.measured().target(),
                    remark(timing)));
        }
        return text.toString();
    }

    /** What the control plane takes for a change, in milliseconds. */
    static String changes(List<Change> changes) {
        StringBuilder text = new StringBuilder();
        for (Change change : changes) {
            text.append(String.format(
                    Locale.ROOT, "%-52s %6.2f ms  (target %.0f)%n", change.name(), change.millis(), change.target()));
        }
        return text.toString();
    }

    private static String remark(Timing timing) {
        if (timing.slowerThanKatran()) {
            return "SLOWER THAN KATRAN";
        }
        return timing.missesTarget() ? "misses the target" : "";
    }
}

package io.makolb.web.stats;

import io.makolb.plane.PlaneCounter;
import io.makolb.stats.Placement;
import io.makolb.stats.PlaneStats;
import io.makolb.stats.StatsSnapshot;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One second in one line, with columns that stay where they are. */
final class StatsLine {

    static final String HEADING = String.format(
            Locale.ROOT,
            "%-9s %12s %14s %8s %9s %12s %9s %10s %10s",
            "time",
            "packets/s",
            "bits/s",
            "hit%",
            "missSyn%",
            "missNonSyn%",
            "missUdp%",
            "vip/s",
            "drops/s");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private StatsLine() {}

    static String of(StatsSnapshot snapshot) {
        PlaneStats total = snapshot.total();
        return String.format(
                Locale.ROOT,
                "%-9s %12.0f %14.0f %8s %9s %12s %9s %10.0f %10.0f",
                TIME.format(snapshot.at().truncatedTo(ChronoUnit.SECONDS)),
                total.packetsPerSecond(),
                total.bitsPerSecond(),
                share(total, Placement::hit),
                share(total, Placement::missSyn),
                share(total, Placement::missNonSyn),
                share(total, Placement::missUdp),
                total.get(PlaneCounter.VIP_PACKETS).perSecond(),
                total.get(PlaneCounter.DROP_FRAMES).perSecond());
    }

    private static String share(PlaneStats stats, ToDoubleFunction<Placement> part) {
        return stats.placement()
                .map(placement -> String.format(Locale.ROOT, "%.2f", part.applyAsDouble(placement)))
                .orElse("-");
    }
}

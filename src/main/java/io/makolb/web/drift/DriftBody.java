package io.makolb.web.drift;

import io.makolb.balancer.Deviation;
import io.makolb.balancer.DriftReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What differs between kernel and configuration, in JSON. */
@Schema(name = "Drift", description = "What differs between kernel and configuration")
record DriftBody(
        @Schema(
                description =
                        "CLEAN: the kernel holds what the configuration asks for; DRIFTED: it does not; UNKNOWN: it was not looked at yet")
        State state,

        @Schema(description = "When the kernel was read; absent when it was not yet") @Nullable Instant checkedAt,

        @Schema(description = "Milliseconds that took; absent when it was not yet read") @Nullable Long tookMillis,

        @Schema(description = "Revision it was compared with; absent when it was not yet read", example = "17")
        @Nullable Long revision,

        @Schema(description = "Resources that differ, ordered by path")
        List<Item> items,

        @Schema(
                description =
                        "Resources that changed while they were read, of which nothing is said; absent when none did")
        @Nullable List<String> unchecked) {

    private static final double NANOS_PER_MILLI = 1e6;

    /** What was found. */
    enum State {
        /** The kernel holds what the configuration asks for. */
        CLEAN,
        /** It does not. */
        DRIFTED,
        /** It was not looked at yet. */
        UNKNOWN
    }

    /** A resource that differs. */
    @Schema(name = "Drifted", description = "A resource that differs")
    record Item(
            @Schema(description = "Its path, below /api/v1", example = "vips/10.200.1.1-80-tcp")
            String resource,

            @Schema(description = "In what it differs") List<Difference> differences) {}

    /** In what it differs. */
    @Schema(name = "DriftDifference", description = "In what a resource differs")
    record Difference(
            @Schema(description = "Its attribute that differs", example = "flags")
            String what,

            @Schema(description = "What the configuration asks for", example = "[]")
            String expected,

            @Schema(description = "What the kernel holds", example = "[NO_LRU]")
            String found) {

        static Difference of(Deviation deviation) {
            return new Difference(deviation.what(), deviation.expected(), deviation.found());
        }
    }

    static DriftBody of(Optional<DriftReport> report) {
        return report.map(DriftBody::of)
                .orElseGet(() -> new DriftBody(State.UNKNOWN, null, null, null, List.of(), null));
    }

    static DriftBody of(DriftReport report) {
        List<Item> items = report.drifted().entrySet().stream()
                .map(entry -> new Item(
                        entry.getKey(),
                        entry.getValue().stream().map(Difference::of).toList()))
                .toList();
        return new DriftBody(
                items.isEmpty() ? State.CLEAN : State.DRIFTED,
                report.checkedAt().truncatedTo(ChronoUnit.MILLIS),
                Math.round(report.took().toNanos() / NANOS_PER_MILLI),
                report.revision(),
                items,
                report.unchecked().isEmpty() ? null : List.copyOf(report.unchecked()));
    }
}

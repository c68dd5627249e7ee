package io.makolb.web.http;

import io.makolb.balancer.Difference;
import io.makolb.balancer.Effect;
import io.makolb.balancer.Plan;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a write would do: the answer to a dry run. */
@Schema(name = "Plan", description = "What a write would do")
public record PlanBody(
        @Schema(description = "Revision it was planned on; send it as If-Match to apply exactly this", example = "17")
        long baseRevision,

        @Schema(description = "Resources that would differ; empty = nothing would change")
        List<Step> changes,

        @Schema(description = "What it does to traffic") EffectBody effect) {

    /** One resource that would differ. */
    @Schema(name = "PlannedChange", description = "One resource that would differ")
    public record Step(
            @Schema(description = "What would happen to it") Difference.Kind kind,

            @Schema(description = "Its path, without the base", example = "vips/10.200.1.1-80-tcp/reals/10.0.0.1")
            String resource) {}

    /** What it does to traffic. */
    @Schema(name = "PlannedEffect", description = "What a change does to traffic")
    public record EffectBody(
            @Schema(
                    description = "VIPs whose ring changes, by id",
                    example = "{\"10.200.1.1-80-tcp\":{\"slots\":65537,\"moved\":13107}}")
            Map<String, RingBody> vips,

            @Schema(
                    description =
                            "Connections that would be forgotten, or led elsewhere; absent where they are not what it is about")
            @Nullable Long connections) {}

    /** How a ring changes. */
    @Schema(name = "PlannedRing", description = "How a ring changes")
    public record RingBody(
            @Schema(description = "Slots of the ring", example = "65537")
            int slots,

            @Schema(
                    description = "Slots that lead to another real: new flows that are placed differently",
                    example = "13107")
            int moved) {}

    /** A plan of what only changes what is remembered of so many connections. */
    public static PlanBody touching(long revision, long connections) {
        return new PlanBody(revision, List.of(), new EffectBody(Map.of(), connections));
    }

    static PlanBody of(Plan plan) {
        Map<String, RingBody> vips = new TreeMap<>();
        for (Map.Entry<?, Effect.RingEffect> entry : plan.effect().vips().entrySet()) {
            vips.put(
                    entry.getKey().toString(),
                    new RingBody(entry.getValue().slots(), entry.getValue().moved()));
        }
        List<Step> changes = plan.changes().stream()
                .map(difference ->
                        new Step(difference.kind(), difference.resource().toString()))
                .toList();
        return new PlanBody(plan.baseRevision(), changes, new EffectBody(vips, null));
    }
}

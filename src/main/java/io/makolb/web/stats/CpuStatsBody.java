package io.makolb.web.stats;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** Numbers by CPU in JSON. */
@Schema(name = "CpuStats", description = "Numbers by possible CPU")
record CpuStatsBody(
        @Schema(description = "One for each possible CPU, in their order")
        List<PlaneStatsBody> items) {}

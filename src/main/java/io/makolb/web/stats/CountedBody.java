package io.makolb.web.stats;

import io.makolb.stats.Counted;
import io.swagger.v3.oas.annotations.media.Schema;

/** A counter in JSON. */
@Schema(name = "Counter", description = "A counter and how fast it grows")
record CountedBody(
        @Schema(description = "Since the counters run", example = "123456")
        long total,

        @Schema(description = "Growth during the last interval, per second", example = "1523.5")
        double perSecond) {

    static CountedBody of(Counted counted) {
        return new CountedBody(counted.total(), Rounded.to(counted.perSecond(), 3));
    }
}

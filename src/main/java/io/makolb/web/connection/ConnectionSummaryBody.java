package io.makolb.web.connection;

import io.makolb.plane.ConnectionSample;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.TreeMap;

/** How many connections there are. */
@Schema(
        name = "ConnectionSummary",
        description =
                "How many connections the tables remember; one whose packets come in on several CPUs counts on each")
record ConnectionSummaryBody(
        @Schema(description = "All of them", example = "1042")
        long connections,

        @Schema(
                description = "By the id of their VIP; what has none is left out",
                example = "{\"10.200.1.1-80-tcp\":{\"connections\":1042,\"reals\":{\"10.0.0.1\":1042}}}")
        Map<String, VipBody> vips) {

    /** Those of one VIP. */
    @Schema(name = "VipConnections", description = "Connections of a VIP")
    record VipBody(
            @Schema(description = "All of them", example = "1042")
            long connections,

            @Schema(description = "By the address of their real", example = "{\"10.0.0.1\":1042}")
            Map<String, Long> reals) {}

    static ConnectionSummaryBody of(ConnectionSample sample) {
        Map<String, VipBody> vips = new TreeMap<>();
        sample.vips().forEach((vip, reals) -> {
            Map<String, Long> byReal = new TreeMap<>();
            reals.forEach((real, count) -> byReal.put(real.toString(), count));
            long total = reals.values().stream().mapToLong(Long::longValue).sum();
            vips.put(vip.toString(), new VipBody(total, byReal));
        });
        return new ConnectionSummaryBody(sample.total(), vips);
    }
}

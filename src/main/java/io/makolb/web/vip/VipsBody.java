package io.makolb.web.vip;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * VIPs.
 *
 * @param next cursor of the page that follows
 */
@Schema(name = "Vips", description = "VIPs, ordered by identity")
record VipsBody(
        @Schema(description = "The VIPs") List<VipBody> items,

        @Schema(description = "Cursor of the page that follows; absent on the last one") @Nullable String next,

        @Schema(description = "Revision of the configuration that this shows", example = "17")
        long revision) {}

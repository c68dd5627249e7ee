package io.makolb.web.real;

import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.plane.RealImage;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the kernel knows of a real. */
@Schema(name = "RealStatus", description = "What the kernel knows of a real")
record RealStatusBody(
        @Schema(description = "Its index in the kernel; absent while it has none", example = "5") @Nullable Integer index) {

    static RealStatusBody of(Snapshot snapshot, Address real) {
        RealImage held = snapshot.image().reals().get(real);
        return new RealStatusBody(held == null ? null : held.index());
    }
}

package io.makolb.web.real;

import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.RealAttributes;
import io.makolb.plane.RealImage;
import io.makolb.stats.Connections;
import io.makolb.web.stats.ConnectionsBody;
import io.makolb.web.vip.VipStatusBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who uses a real, and what the kernel knows of it. Neither is an attribute of the real, so its entity tag covers none of it. */
@Schema(name = "RealStatus", description = "Who uses a real, and what the kernel knows of it")
record RealStatusBody(
        @Schema(description = "VIPs that use it", example = "[\"10.200.1.1-80-tcp\"]")
        List<String> vips,

        @Schema(description = "Whether packets obey the configuration; of a real that no VIP uses, they do")
        VipStatusBody.State state,

        @Schema(description = "Why they do not; absent when they do") @Nullable String trouble,

        @Schema(description = "Its index in the kernel; absent while it has none", example = "5") @Nullable Integer index,

        @Schema(description = "Connections to it, of all VIPs; absent when they cannot be counted") @Nullable ConnectionsBody connections) {

    static RealStatusBody of(Snapshot snapshot, Address real, List<String> vips, Optional<Connections.Count> count) {
        RealImage held = snapshot.image().reals().get(real);
        RealAttributes wanted = snapshot.configuration().reals().getOrDefault(real, RealAttributes.DEFAULT);
        boolean applied = held == null ? vips.isEmpty() : held.local() == wanted.local();
        return new RealStatusBody(
                vips,
                applied ? VipStatusBody.State.APPLIED : VipStatusBody.State.PENDING,
                applied ? null : VipStatusBody.trouble(snapshot),
                held == null ? null : held.index(),
                ConnectionsBody.of(count, sample -> sample.of(real)));
    }
}

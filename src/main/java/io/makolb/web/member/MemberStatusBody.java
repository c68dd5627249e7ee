package io.makolb.web.member;

import io.makolb.balancer.Snapshot;
import io.makolb.model.Membership;
import io.makolb.model.VipId;
import io.makolb.plane.MemberImage;
import io.makolb.plane.VipImage;
import io.makolb.stats.Connections;
import io.makolb.web.stats.ConnectionsBody;
import io.makolb.web.vip.RingShares;
import io.makolb.web.vip.VipStatusBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has become of a real in a VIP. */
@Schema(name = "MemberStatus", description = "What has become of a real in a VIP")
record MemberStatusBody(
        @Schema(description = "APPLIED: packets obey the configuration; PENDING: not yet")
        VipStatusBody.State state,

        @Schema(description = "Why they do not; absent when they do") @Nullable String trouble,

        @Schema(description = "Its index in the kernel; absent while it has none", example = "5") @Nullable Integer index,

        @Schema(description = "The weight that counts for the ring", example = "10")
        int effectiveWeight,

        @Schema(description = "Its share of new flows, in percent of the slots of the ring", example = "33.33")
        double effectiveShare,

        @Schema(description = "Connections of the VIP to it; absent when they cannot be counted") @Nullable ConnectionsBody connections) {

    static MemberStatusBody of(
            Snapshot snapshot, VipId vip, Membership wanted, RingShares shares, Optional<Connections.Count> count) {
        VipImage held = snapshot.image().vips().get(vip);
        MemberImage member = held == null ? null : held.members().get(wanted.real());
        boolean applied = VipStatusBody.obeys(member, wanted);
        return new MemberStatusBody(
                applied ? VipStatusBody.State.APPLIED : VipStatusBody.State.PENDING,
                applied ? null : VipStatusBody.trouble(snapshot),
                member == null ? null : member.index(),
                member == null ? 0 : member.effectiveWeight(),
                shares.percent(snapshot, vip, wanted.real()),
                ConnectionsBody.of(count, sample -> sample.of(vip, wanted.real())));
    }
}

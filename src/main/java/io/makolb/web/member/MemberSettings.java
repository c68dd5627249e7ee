package io.makolb.web.member;

import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.Membership;
import io.makolb.model.VipId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be said of a real in a VIP beside its address, as it stands in JSON: null = not said. */
@Schema(name = "MemberSettings", description = "A real in a VIP, where its address is the key")
public record MemberSettings(
        @Schema(
                description = "Share of new flows relative to the other reals; 0 = none",
                defaultValue = "1",
                minimum = "0",
                maximum = "1000000",
                example = "10")
        @Nullable Integer weight,

        @Schema(description = "DISABLED counts as weight 0", defaultValue = "ENABLED", example = "ENABLED") @Nullable AdminState adminState) {

    /** The weight of a real of which nothing was said. */
    static final int DEFAULT_WEIGHT = 1;

    /** The settings of a membership, without those that are defaults. */
    public static MemberSettings of(Membership membership) {
        return new MemberSettings(
                membership.weight() == DEFAULT_WEIGHT ? null : membership.weight(),
                membership.adminState() == AdminState.ENABLED ? null : membership.adminState());
    }

    /**
     * The membership.
     *
     * @throws io.makolb.model.Refusal when a value is out of range, or the real cannot serve the VIP
     */
    public Membership of(VipId vip, Address real) {
        Membership membership = new Membership(
                real,
                Objects.requireNonNullElse(weight, DEFAULT_WEIGHT),
                Objects.requireNonNullElse(adminState, AdminState.ENABLED));
        membership.requireFitFor(vip);
        return membership;
    }
}

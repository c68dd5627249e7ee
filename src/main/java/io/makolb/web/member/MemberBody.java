package io.makolb.web.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.Membership;
import io.makolb.model.VipId;
import io.makolb.web.strict.Findings;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A real in a VIP, in JSON. */
@Schema(name = "Member", description = "A real in a VIP")
record MemberBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(
                description = "Its address, canonical",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "10.0.0.1")
        @Nullable String id,

        @Schema(description = "The real's address", example = "10.0.0.1") @Nullable String address,

        @Schema(
                description = "Share of new flows relative to the other reals; 0 = none",
                defaultValue = "1",
                minimum = "0",
                maximum = "1000000",
                example = "10")
        @Nullable Integer weight,

        @Schema(description = "DISABLED counts as weight 0", defaultValue = "ENABLED", example = "ENABLED") @Nullable AdminState adminState,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Operational state; only with ?include=status")
        @Nullable MemberStatusBody status) {

    static MemberBody of(Membership membership, @Nullable MemberStatusBody status) {
        String address = membership.real().toString();
        return new MemberBody(address, address, membership.weight(), membership.adminState(), status);
    }

    /** The membership of a body under a URL. */
    Membership toMembership(VipId vip, Address real) {
        Findings findings = new Findings();
        findings.check(() -> KeyMember.requireSameAddress(address, real));
        Membership membership = findings.read("", () -> settings().of(vip, real));
        findings.raise();
        return Objects.requireNonNull(membership);
    }

    /**
     * The membership of an item of a list; null when something was found.
     *
     * @param under JSON pointer of the item
     */
    @Nullable Membership toItem(VipId vip, String under, Findings findings) {
        if (address == null) {
            findings.add(under + "/address", "missing", "The member 'address' is missing.", "Name the real.");
            return null;
        }
        Address real = findings.read(under + "/address", () -> Address.parse(address));
        return real == null ? null : findings.read(under, () -> settings().of(vip, real));
    }

    private MemberSettings settings() {
        return new MemberSettings(weight, adminState);
    }
}

package io.makolb.web.member;

import io.makolb.model.Address;
import io.makolb.model.Change;
import io.makolb.model.Membership;
import io.makolb.model.VipId;
import io.makolb.web.strict.Findings;
import io.makolb.web.strict.JsonFaults;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several edits of the reals of a VIP that are made together or not at all. */
@Schema(
        name = "MemberEdits",
        description = "Reals to put and reals to remove: all or nothing, one ring",
        example = "{\"upsert\":{\"10.0.0.9\":{\"weight\":5}},\"remove\":[\"10.0.0.1\"]}")
record EditsBody(
        @Schema(description = "Reals to put or replace, by address") @Nullable Map<String, MemberSettings> upsert,

        @Schema(description = "Addresses to remove; one that is absent is no error") @Nullable List<String> remove) {

    /**
     * The change.
     *
     * @throws io.makolb.model.Refusal duplicate-member, or what cannot be used
     */
    Change.EditMembers toChange(VipId vip) {
        Findings findings = new Findings();
        Map<Address, String> seen = new HashMap<>();
        List<Membership> puts = new ArrayList<>();
        Objects.requireNonNullElse(upsert, Map.<String, MemberSettings>of()).forEach((text, settings) -> {
            String pointer = "/upsert/" + JsonFaults.escape(text);
            Address real = address(text, pointer, seen, findings);
            Membership member = real == null ? null : findings.read(pointer, () -> settings.of(vip, real));
            if (member != null) {
                puts.add(member);
            }
        });
        List<Address> removals = new ArrayList<>();
        List<String> given = Objects.requireNonNullElse(remove, List.of());
        for (int i = 0; i < given.size(); i++) {
            Address real = address(given.get(i), "/remove/" + i, seen, findings);
            if (real != null) {
                removals.add(real);
            }
        }
        findings.raise();
        return new Change.EditMembers(vip, puts, removals);
    }

    private static @Nullable Address address(
            String text, String pointer, Map<Address, String> seen, Findings findings) {
        Address real = findings.read(pointer, () -> Address.parse(text));
        if (real == null) {
            return null;
        }
        String first = seen.putIfAbsent(real, pointer);
        if (first != null) {
            findings.add(KeyMember.twice("real", real, pointer, first));
            return null;
        }
        return real;
    }
}

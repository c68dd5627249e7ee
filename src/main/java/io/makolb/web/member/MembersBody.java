package io.makolb.web.member;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.Membership;
import io.makolb.model.Refusal;
import io.makolb.model.VipId;
import io.makolb.web.http.Paging;
import io.makolb.web.strict.Findings;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reals of a VIP in JSON: the whole set, or a page of it. */
@Schema(name = "Members", description = "The reals of a VIP, ordered by address")
record MembersBody(
        @Schema(description = "The reals; a write must send them", requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable List<MemberBody> items,

        @Schema(description = "Cursor of the page that follows; in a write: refused, a part cannot replace the whole")
        @Nullable String next,

        @Schema(description = "Present and true when this is a part of the set; refused in a write") @Nullable Boolean partial,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Revision of the configuration that a page shows", example = "17")
        @Nullable Long revision) {

    static MembersBody whole(List<MemberBody> items) {
        return new MembersBody(items, null, null, null);
    }

    /**
     * The set that a body stands for.
     *
     * @throws Refusal partial-collection, duplicate-member, or what cannot be used
     */
    List<Membership> toMembers(VipId vip) {
        Findings findings = new Findings();
        Paging.requireWhole(next, partial);
        if (items == null) {
            findings.add(
                    "/items", "missing", "The member 'items' is missing.", "Send {\"items\":[]} for an empty set.");
            findings.raise();
        }
        List<Membership> members = new ArrayList<>();
        Map<Address, Integer> seen = new HashMap<>();
        List<MemberBody> given = items == null ? List.of() : items;
        for (int i = 0; i < given.size(); i++) {
            Membership member = given.get(i).toItem(vip, "/items/" + i, findings);
            if (member != null) {
                Integer first = seen.putIfAbsent(member.real(), i);
                if (first == null) {
                    members.add(member);
                } else {
                    findings.add(KeyMember.twice("real", member.real(), "/items/" + i + "/address", "/items/" + first));
                }
            }
        }
        findings.raise();
        return members;
    }
}

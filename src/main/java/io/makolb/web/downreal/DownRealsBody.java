package io.makolb.web.downreal;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.Refusal;
import io.makolb.web.http.Paging;
import io.makolb.web.strict.Findings;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The reals that are down for a VIP, in JSON: the whole set, or a page of it. */
@Schema(name = "DownReals", description = "The reals that UDP flows of the VIP leave, ordered by address")
record DownRealsBody(
        @Schema(description = "The reals; a write must send them", requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable List<DownRealBody> items,

        @Schema(description = "Cursor of the page that follows; in a write: refused, a part cannot replace the whole")
        @Nullable String next,

        @Schema(description = "Present and true when this is a part of the set; refused in a write") @Nullable Boolean partial,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Revision of the configuration that a page shows", example = "17")
        @Nullable Long revision) {

    static DownRealsBody whole(List<DownRealBody> items) {
        return new DownRealsBody(items, null, null, null);
    }

    /**
     * The reals that a body names.
     *
     * @throws Refusal partial-collection, duplicate-member, or what is no address
     */
    List<Address> toReals() {
        Paging.requireWhole(next, partial);
        Findings findings = new Findings();
        if (items == null) {
            findings.add(
                    "/items", "missing", "The member 'items' is missing.", "Send {\"items\":[]} for an empty set.");
        }
        List<Address> reals = new ArrayList<>();
        Map<Address, Integer> seen = new HashMap<>();
        List<DownRealBody> given = items == null ? List.of() : items;
        for (int i = 0; i < given.size(); i++) {
            String text = given.get(i).address();
            String pointer = "/items/" + i + "/address";
            if (text == null) {
                findings.add(pointer, "missing", "The member 'address' is missing.", "Name the real.");
                continue;
            }
            Address real = findings.read(pointer, () -> Address.parse(text));
            if (real == null) {
                continue;
            }
            Integer first = seen.putIfAbsent(real, i);
            if (first == null) {
                reals.add(real);
            } else {
                findings.add(KeyMember.twice("real", real, pointer, "/items/" + first));
            }
        }
        findings.raise();
        return reals;
    }
}

package io.makolb.web.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import io.makolb.model.Membership;
import io.makolb.model.OnEmpty;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.web.member.MemberSettings;
import io.makolb.web.strict.Findings;
import io.makolb.web.vip.Attributes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A VIP with its reals, in the document of the whole configuration. */
@Schema(name = "ConfiguredVip", description = "A VIP with its reals, where its id is the key")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConfigVip(
        @Schema(description = "Free text", example = "web shop") @Nullable String description,

        @Schema(description = "Reals that UDP flows leave although they are not DISABLED, by address") @Nullable Map<String, ConfigDownReal> downReals,

        @Schema(description = "What is special about it", example = "[\"NO_LRU\"]") @Nullable List<VipFlag> flags,

        @Schema(description = "How its ring is generated", defaultValue = "MAGLEV_V2", example = "MAGLEV") @Nullable HashFunction hashFunction,

        @Schema(description = "Names and values for people and selectors", example = "{\"env\":\"prod\"}") @Nullable Map<String, String> labels,

        @Schema(
                description = "What happens to its packets while it has no real",
                defaultValue = "DROP",
                example = "PASS")
        @Nullable OnEmpty onEmpty,

        @Schema(description = "Its reals, by address") @Nullable Map<String, MemberSettings> reals) {

    /** Nothing is said. */
    static final ConfigVip EMPTY = new ConfigVip(null, null, null, null, null, null, null);

    static ConfigVip of(VipEntry entry) {
        Vip vip = entry.vip();
        Map<String, MemberSettings> reals = new TreeMap<>();
        entry.members().forEach((real, member) -> reals.put(real.toString(), MemberSettings.of(member)));
        Map<String, ConfigDownReal> down = new TreeMap<>();
        entry.downReals().forEach(real -> down.put(real.toString(), new ConfigDownReal()));
        return new ConfigVip(
                vip.description(),
                down,
                List.copyOf(vip.flags()),
                vip.hashFunction() == HashFunction.MAGLEV_V2 ? null : vip.hashFunction(),
                vip.labels(),
                vip.onEmpty() == OnEmpty.DROP ? null : vip.onEmpty(),
                reals);
    }

    /** Its attributes alone. */
    public ConfigVip withoutReals() {
        return new ConfigVip(description, null, flags, hashFunction, labels, onEmpty, null);
    }

    VipEntry toEntry(VipId id, String under, Findings findings) {
        Vip vip = new Attributes(flags, hashFunction, onEmpty, description, labels).of(id, under, findings);
        NavigableMap<Address, Membership> members = new TreeMap<>();
        Keys.read(under + "/reals", reals, Address::parse, findings, (real, pointer, settings) -> {
            Membership member = findings.read(pointer, () -> settings.of(id, real));
            if (member != null) {
                members.put(real, member);
            }
        });
        NavigableSet<Address> down = new TreeSet<>();
        Keys.read(under + "/downReals", downReals, Address::parse, findings, (real, pointer, empty) -> down.add(real));
        return new VipEntry(vip, members, down);
    }
}

package io.makolb.web.vip;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.Protocol;
import io.makolb.model.Refusal;
import io.makolb.model.Vip;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.web.strict.Findings;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A VIP in JSON. Members that are absent take their defaults. */
@Schema(name = "Vip", description = "What clients connect to. Its reals are a resource of their own.")
public record VipBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(
                description = "Address, port and protocol: the identity",
                requiredMode = Schema.RequiredMode.REQUIRED,
                example = "10.200.1.1-80-tcp")
        @Nullable String id,

        @Schema(description = "IPv4 or IPv6 address, or the first address of a prefix", example = "10.200.1.1")
        @Nullable String address,

        @Schema(description = "Port; 0 = every port", minimum = "0", maximum = "65535", example = "80") @Nullable Integer port,

        @Schema(
                description = "Transport protocol",
                allowableValues = {"tcp", "udp"},
                example = "tcp")
        @Nullable Protocol protocol,

        @Schema(
                description = "Bits that count, for a VIP of many addresses; absent for one address",
                minimum = "0",
                maximum = "128")
        @Nullable Integer prefixLength,

        @Schema(description = "What is special about it; answered sorted", example = "[\"NO_LRU\"]") @Nullable List<VipFlag> flags,

        @Schema(description = "How its ring is generated", defaultValue = "MAGLEV_V2", example = "MAGLEV_V2") @Nullable HashFunction hashFunction,

        @Schema(
                description = "What happens to its packets while it has no real",
                defaultValue = "DROP",
                example = "DROP")
        @Nullable OnEmpty onEmpty,

        @Schema(description = "Free text", maxLength = Attributes.LONGEST_DESCRIPTION, example = "web shop") @Nullable String description,

        @Schema(description = "Names and values for people and selectors", example = "{\"env\":\"prod\"}") @Nullable Map<String, String> labels,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Operational state; only with ?include=status")
        @Nullable VipStatusBody status) {

    /** The representation of a VIP. */
    public static VipBody of(Vip vip, @Nullable VipStatusBody status) {
        VipId id = vip.id();
        return new VipBody(
                id.toString(),
                id.address().toString(),
                id.port(),
                id.protocol(),
                id.isHost() ? null : id.prefixLength(),
                List.copyOf(vip.flags()),
                vip.hashFunction(),
                vip.onEmpty(),
                vip.description().isEmpty() ? null : vip.description(),
                vip.labels(),
                status);
    }

    /**
     * The VIP of a body that must name it.
     *
     * @throws Refusal what cannot be used
     */
    Vip toNewVip() {
        Findings findings = new Findings();
        String text = required("address", address, findings);
        Integer number = required("port", port, findings);
        Protocol transport = required("protocol", protocol, findings);
        Address parsed = text == null
                ? null
                : findings.read(
                        "/address",
                        () -> prefixLength == null ? Address.parse(text) : Address.parse(text, prefixLength));
        VipId id = null;
        if (number != null) {
            // Without an address or protocol something else was found already; the port can still be judged.
            Address any = parsed == null ? Address.ipv4(0) : parsed;
            Protocol either = transport == null ? Protocol.TCP : transport;
            int bits = prefixLength == null || parsed == null ? any.bits() : prefixLength;
            id = findings.read("", () -> new VipId(any, bits, number, either));
        }
        Vip vip = attributes(id, findings);
        findings.raise();
        return vip;
    }

    /**
     * The VIP of a body under a URL.
     *
     * @throws Refusal key-mismatch, or what cannot be used
     */
    Vip toVip(VipId id) {
        Findings findings = new Findings();
        findings.check(() -> KeyMember.requireSameAddress(address, id));
        findings.check(() -> KeyMember.requireSame("port", port, id.port()));
        findings.check(() -> KeyMember.requireSame("protocol", protocol, id.protocol()));
        findings.check(() -> KeyMember.requireSame("prefixLength", prefixLength, id.prefixLength()));
        Vip vip = attributes(id, findings);
        findings.raise();
        return vip;
    }

    private Vip attributes(@Nullable VipId id, Findings findings) {
        VipId subject = id == null ? VipId.host(Address.ipv4(0), 0, Protocol.TCP) : id;
        return new Attributes(flags, hashFunction, onEmpty, description, labels).of(subject, "", findings);
    }

    private static <T> @Nullable T required(String member, @Nullable T value, Findings findings) {
        if (value == null) {
            findings.add(
                    "/" + member,
                    "missing",
                    "The member '" + member + "' is missing.",
                    "Send it: it is part of the identity.");
        }
        return value;
    }
}

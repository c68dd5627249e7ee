package io.makolb.web.healthcheck;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.model.Address;
import io.makolb.model.HealthMark;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A mark in JSON. */
@Schema(
        name = "HealthcheckMark",
        description = "Where packets go that a program of this machine sends with a mark (SO_MARK)")
public record MarkBody(
        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "The mark", requiredMode = Schema.RequiredMode.REQUIRED, example = "1000")
        @Nullable String id,

        @Schema(description = "The mark", minimum = "1", maximum = "4294967295", example = "1000") @Nullable Long mark,

        @Schema(
                description = "Address of the real; it need not be in a VIP",
                example = "10.0.0.1",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable String real) {

    static MarkBody of(HealthMark mark, Address real) {
        return new MarkBody(mark.toString(), mark.number(), real.toString());
    }

    Address toReal(HealthMark named) {
        if (mark != null && mark != named.number()) {
            String message = "The body names mark " + mark + ", the URL " + named + ".";
            throw new Refusal(
                    Reason.KEY_MISMATCH,
                    message,
                    "Leave 'mark' out of the body, or correct one of the two.",
                    List.of(new Violation("/mark", "key-mismatch", message)));
        }
        return real(real);
    }

    /**
     * The real that a body names.
     *
     * @throws Refusal it names none, or what it names is no address
     */
    public static Address real(@Nullable String text) {
        if (text == null) {
            throw Refusal.invalid(
                    "/real", "required", "The member 'real' is missing.", "Name the address of the real.");
        }
        try {
            return Address.parse(text);
        } catch (Refusal refusal) {
            throw refusal.under("/real");
        }
    }
}

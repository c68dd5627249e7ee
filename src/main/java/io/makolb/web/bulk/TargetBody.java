package io.makolb.web.bulk;

import io.makolb.model.Address;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a key leads, in JSON. */
@Schema(name = "BulkTarget", description = "Where a source route or server id leads")
public record TargetBody(
        @Schema(
                description = "Address of the real; it need not be in a VIP",
                example = "10.0.0.1",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable String real) {

    /**
     * The real.
     *
     * @throws io.makolb.model.Refusal none is named, or what is named is no address
     */
    public Address toReal() {
        return KeyMember.real(real);
    }
}

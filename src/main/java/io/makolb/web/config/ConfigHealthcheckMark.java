package io.makolb.web.config;

import io.makolb.model.Address;
import io.makolb.web.strict.KeyMember;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where packets with a mark go, in the document of the whole configuration. */
@Schema(name = "ConfiguredHealthcheckMark", description = "Where packets with a mark go, where the mark is the key")
public record ConfigHealthcheckMark(
        @Schema(description = "Address of the real", example = "10.0.0.1", requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable String real) {

    Address toReal() {
        return KeyMember.real(real);
    }
}

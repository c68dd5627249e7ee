package io.makolb.web.config;

import io.swagger.v3.oas.annotations.media.Schema;

/** A real that somebody said is down for a VIP, in the document of the whole configuration. */
@Schema(
        name = "ConfiguredDownReal",
        description = "A real that is down for the VIP, where its address is the key: it says all with that",
        example = "{}")
public record ConfigDownReal() {}

package io.makolb.web.config;

import io.swagger.v3.oas.annotations.media.Schema;

/** A destination whose health checks are counted, in the document of the whole configuration. */
@Schema(
        name = "ConfiguredHealthcheckKey",
        description = "A destination whose health checks are counted, where its id is the key; it has no members")
public record ConfigHealthcheckKey() {}

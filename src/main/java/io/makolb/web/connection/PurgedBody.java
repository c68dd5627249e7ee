package io.makolb.web.connection;

import io.swagger.v3.oas.annotations.media.Schema;

/** What a purge did. */
@Schema(name = "PurgedConnections", description = "Connections that the tables have forgotten")
public record PurgedBody(
        @Schema(description = "How many they were", example = "1042")
        long connections) {}

package io.makolb.web.connection;

import io.makolb.plane.Connection;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection in JSON. */
@Schema(name = "Connection", description = "A connection that a table remembers; it may have ended")
record ConnectionBody(
        @Schema(description = "The VIP that the client asked for", example = "10.200.1.1-80-tcp")
        String vip,

        @Schema(description = "The real that serves it", example = "10.0.0.1")
        String real,

        @Schema(
                description = "The address that the client sends to; absent where the VIP is one address",
                example = "10.200.1.1")
        @Nullable String destination,

        @Schema(description = "Address of the client", example = "192.0.2.7")
        String client,

        @Schema(description = "Port of the client; 0 where the VIP does not look at it", example = "31337")
        int clientPort,

        @Schema(description = "Port at the VIP; 0 where the VIP does not look at it", example = "80")
        int port,

        @Schema(description = "How long ago the latest packet came; absent where nobody knows", example = "0.4")
        @Nullable Double ageSeconds,

        @Schema(description = "Where it is remembered", example = "CPU")
        Connection.Table table,

        @Schema(description = "Whose table that is; absent where CPUs share it", example = "1") @Nullable Integer cpu) {

    private static final double MILLIS = 1000;

    static ConnectionBody of(Connection connection) {
        return new ConnectionBody(
                connection.vip().toString(),
                connection.real().toString(),
                connection.vip().isHost() ? null : connection.destination().toString(),
                connection.client().toString(),
                connection.clientPort(),
                connection.port(),
                connection.silent().map(ConnectionBody::seconds).orElse(null),
                connection.table(),
                connection.cpu() < 0 ? null : connection.cpu());
    }

    private static double seconds(Duration silent) {
        return Math.round(silent.toMillis() / (MILLIS / 10)) / 10.0;
    }
}

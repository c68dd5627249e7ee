package io.makolb.web.connection;

import io.makolb.model.Address;
import io.makolb.model.Refusal;
import io.makolb.model.VipId;
import io.makolb.plane.Connection;
import io.makolb.plane.ConnectionLoad;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection that another balancer shows: {@link ConnectionBody}, read.
 *
 * @param table where it was remembered there; nobody asks
 * @param cpu the same
 */
record ImportLine(
        @Nullable String vip,
        @Nullable String real,
        @Nullable String destination,
        @Nullable String client,
        @Nullable Integer clientPort,
        @Nullable Integer port,
        @Nullable Double ageSeconds,
        Connection.@Nullable Table table,
        @Nullable Integer cpu) {

    private static final double MILLIS = 1000;

    void addTo(ConnectionLoad load) {
        VipId id = required("vip", vip, VipId::parse);
        Address server = required("real", real, Address::parse);
        Address from = required("client", client, Address::parse);
        if (from.ipv6() != id.address().ipv6()) {
            throw Refusal.invalid(
                    "/client",
                    "wrong-family",
                    "Client " + from + " is not of the family of VIP " + id + ".",
                    "Send what GET /api/v1/connections answers, unchanged.");
        }
        load.add(id, server, destination(id), from, port("clientPort", clientPort), port("port", port), silent());
    }

    private Optional<Address> destination(VipId id) {
        if (destination == null) {
            return Optional.empty();
        }
        Address to = required("destination", destination, Address::parse);
        if (!id.prefix().contains(to)) {
            throw Refusal.invalid(
                    "/destination",
                    "other-vip",
                    "Destination " + to + " is no address of VIP " + id + ".",
                    "Send what GET /api/v1/connections answers, unchanged.");
        }
        return Optional.of(to);
    }

    private Optional<Duration> silent() {
        if (ageSeconds == null) {
            return Optional.empty();
        }
        if (!(ageSeconds >= 0 && ageSeconds <= Integer.MAX_VALUE)) {
            throw Refusal.invalid(
                    "/ageSeconds",
                    "out-of-range",
                    "The age is " + ageSeconds + ".",
                    "Give seconds, 0 to " + Integer.MAX_VALUE + ".");
        }
        return Optional.of(Duration.ofMillis((long) (ageSeconds * MILLIS)));
    }

    private static int port(String name, @Nullable Integer number) {
        if (number == null || number < 0 || number > VipId.MAX_PORT) {
            throw Refusal.invalid(
                    "/" + name,
                    "out-of-range",
                    number == null ? "The port is missing." : "Port " + number + " does not exist.",
                    "Give 0 to " + VipId.MAX_PORT + ".");
        }
        return number;
    }

    private static <T> T required(String name, @Nullable String text, Function<String, T> parse) {
        if (text == null) {
            throw Refusal.invalid(
                    "/" + name,
                    "missing",
                    "The member '" + name + "' is missing.",
                    "Send what GET /api/v1/connections answers, unchanged.");
        }
        try {
            return parse.apply(text);
        } catch (Refusal e) {
            throw e.violations().isEmpty()
                    ? Refusal.invalid("/" + name, "malformed", e.detail(), e.remedy())
                    : e.under("/" + name);
        }
    }
}

package io.makolb.model;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identity of a VIP: {@code 10.200.1.1-80-tcp}.
 *
 * @param address the address clients connect to, or the first of a prefix
 * @param prefixLength bits that count: 32 or 128 for a host
 * @param port 1..65535, or 0 for every port
 * @param protocol TCP or UDP
 */
public record VipId(Address address, int prefixLength, int port, Protocol protocol) implements Comparable<VipId> {

    /** Highest port number. */
    public static final int MAX_PORT = 65535;

    private static final Pattern TEXT = Pattern.compile("([^-_]+)(?:_([0-9]{1,3}))?-([0-9]{1,9})-([A-Za-z]{1,8})");
    private static final Comparator<VipId> ORDER = Comparator.comparing(VipId::address)
            .thenComparingInt(VipId::prefixLength)
            .thenComparingInt(VipId::port)
            .thenComparing(VipId::protocol);

    public VipId {
        if (port < 0 || port > MAX_PORT) {
            throw Refusal.invalid(
                    "/port",
                    "out-of-range",
                    "Port " + port + " does not exist.",
                    "Use 1 to 65535, or 0 for every port.");
        }
        Prefix.require(address, prefixLength, "/address", "/prefixLength");
    }

    /** The identity of a VIP with one address. */
    public static VipId host(Address address, int port, Protocol protocol) {
        return new VipId(address, address.bits(), port, protocol);
    }

    /**
     * Reads an identity from its text in a URL.
     *
     * @throws Refusal {@link Reason#MALFORMED_ID} when it has another form, {@link Reason#INVALID_VALUE} when a part of it
     *     is out of range, {@link Reason#HOST_BITS} when a prefix has bits behind its length
     */
    public static VipId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw malformed(text);
        }
        Protocol protocol = switch (matcher.group(4).toLowerCase(Locale.ROOT)) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            default -> throw malformed(text);
        };
        String bits = matcher.group(2);
        Address address = bits == null
                ? Address.parse(matcher.group(1))
                : Address.parse(matcher.group(1), Integer.parseInt(bits));
        return new VipId(
                address,
                bits == null ? address.bits() : Integer.parseInt(bits),
                Integer.parseInt(matcher.group(3)),
                protocol);
    }

    private static Refusal malformed(String text) {
        return new Refusal(
                Reason.MALFORMED_ID,
                "'" + text + "' does not name a VIP.",
                "Write address, port and protocol with hyphens between them, such as 10.200.1.1-80-tcp.");
    }

    /** The addresses it has. */
    public Prefix prefix() {
        return new Prefix(address, prefixLength);
    }

    /** Whether this is one address and not a prefix. */
    public boolean isHost() {
        return prefixLength == address.bits();
    }

    @Override
    public int compareTo(VipId other) {
        return ORDER.compare(this, other);
    }

    /** The canonical text, fit for a URL. */
    @Override
    public String toString() {
        return address + (isHost() ? "" : "_" + prefixLength) + "-" + port + "-" + protocol;
    }
}

package io.makolb.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A 48-bit Ethernet address.
 *
 * @param bits the address as a number, first byte highest; 0..2^48-1
 */
public record MacAddress(long bits) {

    private static final Pattern TEXT = Pattern.compile("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");

    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits");
        }
    }

    /**
     * Reads six pairs of hexadecimal digits with colons between them.
     *
     * @throws Refusal {@link Reason#INVALID_VALUE} when it is anything else, a group address or all zeros
     */
    public static MacAddress parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw Refusal.invalid(
                    "",
                    "malformed-mac",
                    "'" + text + "' is not a MAC address.",
                    "Write six pairs of hexadecimal digits, such as 02:00:00:00:02:01.");
        }
        MacAddress mac = new MacAddress(Long.parseLong(text.replace(":", ""), 16));
        if (mac.bits == 0 || (mac.bits >>> 40 & 1) != 0) {
            throw Refusal.invalid(
                    "",
                    "not-a-host-mac",
                    "'" + text + "' is not the address of one interface.",
                    "Give the gateway's own MAC address: see 'ip neigh'.");
        }
        return mac;
    }

    /** Colon-separated, lower case. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(String.format(Locale.ROOT, "%02x", bits >>> shift & 0xff))
                    .append(shift > 0 ? ":" : "");
        }
        return text.toString();
    }
}

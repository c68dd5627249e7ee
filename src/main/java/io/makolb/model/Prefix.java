package io.makolb.model;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The addresses that begin with the same bits, or one address.
 *
 * @param address the first of them, of any scope
 * @param length how many bits: 32 or 128 for one address
 */
public record Prefix(Address address, int length) implements Comparable<Prefix> {

    /** In a path, a slash would end the segment; in a query, either is what somebody may write. */
    private static final Pattern TEXT = Pattern.compile("([^/_]+)(?:[/_](0|[1-9][0-9]{0,2}))?");

    private static final Comparator<Prefix> ORDER =
            Comparator.comparing(Prefix::address).thenComparingInt(Prefix::length);

    public Prefix {
        require(address, length, "", "");
    }

    /**
     * That an address is a network of this length.
     *
     * @throws Refusal the length does not exist, or {@link Reason#HOST_BITS}
     */
    static void require(Address address, int length, String addressPointer, String lengthPointer) {
        if (length < 0 || length > address.bits()) {
            throw Refusal.invalid(
                    lengthPointer,
                    "out-of-range",
                    "Prefix length " + length + " does not fit " + address + ".",
                    "Use 0 to " + address.bits() + ".");
        }
        Address network = address.masked(length);
        if (!network.equals(address)) {
            String message = address + " has bits behind its first " + length + ".";
            throw new Refusal(
                    Reason.HOST_BITS,
                    message,
                    "Write " + network + "_" + length + " if the prefix is meant.",
                    List.of(new Violation(addressPointer, "host-bits", message)));
        }
    }

    /**
     * Reads the text of a prefix, or of an address.
     *
     * @throws Refusal {@link Reason#INVALID_VALUE} when it is none, {@link Reason#HOST_BITS} when it has bits behind its length
     */
    public static Prefix parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw Refusal.invalid(
                    "",
                    "malformed-address",
                    "'" + text + "' is neither an address nor a prefix.",
                    "Write 192.0.2.7, 192.0.2.0_24, or 2001:db8::_32.");
        }
        Address address = AddressText.parseNetwork(matcher.group(1));
        String length = matcher.group(2);
        return new Prefix(address, length == null ? address.bits() : Integer.parseInt(length));
    }

    /** Whether an address is one of these. */
    public boolean contains(Address other) {
        return other.ipv6() == address.ipv6() && other.masked(length).equals(address);
    }

    /** The usual spelling, with a slash and a length always. */
    public String toText() {
        return address + "/" + length;
    }

    /** Families one after the other; a network before those in it. */
    @Override
    public int compareTo(Prefix other) {
        return ORDER.compare(this, other);
    }

    /** The canonical text, fit for a URL. */
    @Override
    public String toString() {
        return address + (length == address.bits() ? "" : "_" + length);
    }
}

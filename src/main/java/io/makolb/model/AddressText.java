package io.makolb.model;

import java.util.regex.Pattern;

/** Reads and writes the text of addresses: RFC 4291 section 2.2 in, RFC 5952 out. Never asks a name server. */
final class AddressText {

    private static final Pattern QUAD = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,10}){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final String EXAMPLES = "Write an address such as 10.0.0.1 or 2001:db8::1.";

    /** Of 0.0.0.0/8 and ::/8. */
    private static final int RESERVED_LENGTH = 8;

    private AddressText() {}

    static Address parse(String text) {
        Address address = parseNetwork(text);
        requireHost(text, address);
        return address;
    }

    static Address parse(String text, int length) {
        Address address = parseNetwork(text);
        boolean beyondReserved = address.high() == 0 && address.low() == 0 && length < RESERVED_LENGTH;
        if (!beyondReserved) {
            requireHost(text, address);
        }
        return address;
    }

    /** An address of any scope, as the first one of a prefix; but no second spelling of an IPv4 address. */
    static Address parseNetwork(String text) {
        if (text.indexOf('%') >= 0) {
            throw refuse("zone-id", "'" + text + "' has a zone id", "Leave out the part from '%' on.");
        }
        Address address = text.indexOf(':') >= 0 ? parseIpv6(text) : parseIpv4(text);
        if (address.ipv6() && address.high() == 0 && address.low() >>> 32 == 0xffff) {
            throw refuse(
                    "ipv4-mapped",
                    "'" + text + "' is an IPv4-mapped IPv6 address",
                    "Write " + Address.ipv4((int) address.low()) + ".");
        }
        return address;
    }

    private static Address parseIpv4(String text) {
        if (!QUAD.matcher(text).matches()) {
            throw refuse("malformed-address", "'" + text + "' is not an IP address", EXAMPLES);
        }
        String[] parts = text.split("\\.");
        int number = 0;
        StringBuilder spelling = new StringBuilder();
        boolean zeros = false;
        for (String part : parts) {
            long octet = Long.parseLong(part);
            if (octet > 255) {
                throw refuse("malformed-address", "'" + text + "' has a part greater than 255", EXAMPLES);
            }
            zeros |= part.length() > 1 && part.charAt(0) == '0';
            spelling.append(spelling.isEmpty() ? "" : ".").append(octet);
            number = number << 8 | (int) octet;
        }
        if (zeros) {
            throw refuse(
                    "leading-zeros",
                    "'" + text + "' has leading zeros, which some systems read as octal",
                    "Write " + spelling + ", if that is what is meant.");
        }
        return Address.ipv4(number);
    }

    private static Address parseIpv6(String text) {
        String colons = text;
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') >= 0) {
            Address tail = parseIpv4(text.substring(lastColon + 1));
            colons = text.substring(0, lastColon + 1)
                    + Long.toHexString(tail.low() >>> 16)
                    + ":"
                    + Long.toHexString(tail.low() & 0xffff);
        }
        int gap = colons.indexOf("::");
        String[] before = groups(gap < 0 ? colons : colons.substring(0, gap), text);
        String[] after = gap < 0 ? new String[0] : groups(colons.substring(gap + 2), text);
        int given = before.length + after.length;
        if (gap < 0 ? given != 8 : given > 7) {
            throw refuse("malformed-address", "'" + text + "' is not an IPv6 address", EXAMPLES);
        }
        long[] halves = new long[2];
        for (int i = 0; i < before.length; i++) {
            put(halves, i, before[i]);
        }
        for (int i = 0; i < after.length; i++) {
            put(halves, 8 - after.length + i, after[i]);
        }
        return new Address(true, halves[0], halves[1]);
    }

    private static void put(long[] halves, int group, String hex) {
        halves[group / 4] |= Long.parseLong(hex, 16) << 16 * (3 - group % 4);
    }

    private static String[] groups(String text, String whole) {
        if (text.isEmpty()) {
            return new String[0];
        }
        String[] groups = text.split(":", -1);
        for (String group : groups) {
            if (!GROUP.matcher(group).matches()) {
                throw refuse("malformed-address", "'" + whole + "' is not an IPv6 address", EXAMPLES);
            }
        }
        return groups;
    }

    private static void requireHost(String text, Address a) {
        String kind = a.ipv6() ? unusableIpv6(a) : unusableIpv4((int) a.low());
        if (!kind.isEmpty()) {
            throw refuse(
                    kind,
                    "'" + text + "' is " + article(kind) + " address",
                    "Use a unicast address that others can reach.");
        }
    }

    private static String article(String kind) {
        return ("aeiou".indexOf(kind.charAt(0)) >= 0 ? "an " : "a ") + kind;
    }

    private static String unusableIpv4(int number) {
        int first = number >>> 24;
        if (number == 0 || first == 0) {
            return "unspecified";
        }
        if (first == 127) {
            return "loopback";
        }
        if (first >= 224 && first < 240) {
            return "multicast";
        }
        if (number >>> 16 == 0xa9fe) {
            return "link-local";
        }
        return number == -1 ? "broadcast" : "";
    }

    private static String unusableIpv6(Address a) {
        if (a.high() == 0 && a.low() == 0) {
            return "unspecified";
        }
        if (a.high() == 0 && a.low() == 1) {
            return "loopback";
        }
        if (a.high() >>> 56 == 0xff) {
            return "multicast";
        }
        return a.high() >>> 54 == 0xfe80 >>> 6 ? "link-local" : "";
    }

    private static Refusal refuse(String code, String message, String remedy) {
        return Refusal.invalid("", code, message + ".", remedy);
    }

    static String format(Address a) {
        if (!a.ipv6()) {
            return (a.low() >>> 24) + "." + (a.low() >>> 16 & 255) + "." + (a.low() >>> 8 & 255) + "."
                    + (a.low() & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? a.high() : a.low()) >>> 16 * (3 - i % 4) & 0xffff);
        }
        int gapStart = -1;
        int gapLength = 1; // a single zero group is not shortened (RFC 5952 section 4.2.2)
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > gapLength) {
                gapStart = i;
                gapLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gapStart) {
                text.append("::");
                i += gapLength - 1;
            } else {
                text.append(i > 0 && text.charAt(text.length() - 1) != ':' ? ":" : "")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}

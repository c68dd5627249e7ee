package io.makolb.plane;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A prefix that outer source addresses are made from. */
final class SourcePrefix {

    private SourcePrefix() {}

    /**
     * Reads a prefix of a fixed length.
     *
     * @param family bytes of an address: 4 or 16
     * @param length bits of the prefix, a multiple of 8
     * @return the bytes of the prefix
     */
    static byte[] parse(String property, String text, int family, int length) {
        int slash = text.indexOf('/');
        boolean rightLength = slash > 0 && text.substring(slash + 1).equals(Integer.toString(length));
        byte[] address = rightLength ? literal(text.substring(0, slash)) : new byte[0];
        boolean valid = address.length == family;
        for (int i = length / 8; valid && i < family; i++) {
            valid = address[i] == 0;
        }
        InvalidSettingException.require(
                valid,
                property,
                text,
                "it is no IPv" + (family == 4 ? 4 : 6) + " prefix of length " + length + ".",
                "Write the first address of the prefix and its length, such as "
                        + (family == 4 ? "172.16.0.0/16." : "100::/96."));
        return Arrays.copyOf(address, length / 8);
    }

    /** Only literals: a name must not be looked up here. */
    private static byte[] literal(String text) {
        if (!text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return new byte[0];
        }
        try {
            return InetAddress.getByName(text).getAddress();
        } catch (UnknownHostException e) {
            return new byte[0];
        }
    }
}

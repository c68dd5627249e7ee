package io.makolb.linux;

import java.net.Inet4Address;
import java.net.InetAddress;

/** The two families of the Internet protocol. */
public enum AddressFamily {
    IPV4(Libc.AF_INET, 32),
    IPV6(Libc.AF_INET6, 128);

    private final int code;
    private final int bits;

    AddressFamily(int code, int bits) {
        this.code = code;
        this.bits = bits;
    }

    static AddressFamily of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** {@code AF_...}. */
    int code() {
        return code;
    }

    /** The length of an address. */
    int bits() {
        return bits;
    }

    static boolean isKnown(int code) {
        return code == IPV4.code || code == IPV6.code;
    }
}

package io.makolb.model;

import java.util.Locale;

/** Transport protocols that a VIP can have. */
public enum Protocol {
    TCP(6),
    UDP(17);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /** The number in the IP header (IANA protocol numbers). */
    public int number() {
        return number;
    }

    /** As it is written in the API: lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

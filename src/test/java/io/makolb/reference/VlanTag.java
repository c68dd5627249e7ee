package io.makolb.reference;

/** A tag of IEEE 802.1Q, between the addresses and the EtherType. */
public final class VlanTag {

    static final int TYPE = 0x8100;
    static final int LENGTH = 4;
    private static final int MACS = 12;

    private VlanTag() {}

    /** A tag. Control is priority (3 bits), drop eligibility (1) and number of the VLAN (12). */
    public static byte[] of(int control) {
        return Bytes.join(Bytes.word(TYPE), Bytes.word(control));
    }

    /** The tag of a frame that has one. */
    static byte[] of(byte[] frame) {
        return Bytes.slice(frame, MACS, LENGTH);
    }

    /** The frame with a tag in front of its EtherType. */
    public static byte[] insert(byte[] frame, byte[] tag) {
        return Bytes.join(Bytes.slice(frame, 0, MACS), tag, Bytes.slice(frame, MACS, frame.length - MACS));
    }

    static byte[] without(byte[] frame) {
        return Bytes.join(Bytes.slice(frame, 0, MACS), Bytes.slice(frame, MACS + LENGTH, frame.length - MACS - LENGTH));
    }
}

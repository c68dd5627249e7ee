package io.makolb.linux;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Somebody on a link, as rtnetlink tells it.
 *
 * @param interfaceIndex the interface of this machine
 * @param address the neighbour's IP address
 * @param ethernet the neighbour's link-layer address; empty while it is not known
 * @param state how far the kernel trusts it
 */
public record Neighbour(int interfaceIndex, InetAddress address, Optional<EthernetAddress> ethernet, State state) {

    /** {@code NUD_...} of {@code linux/neighbour.h}. */
    public enum State {
        NONE(0),
        INCOMPLETE(0x01),
        REACHABLE(0x02),
        STALE(0x04),
        DELAY(0x08),
        PROBE(0x10),
        FAILED(0x20),
        /** The link needs no resolution. */
        NOARP(0x40),
        PERMANENT(0x80);

        private final int code;

        State(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static State of(int code) {
            for (State state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            return NONE;
        }

        /** {@code NUD_VALID} without NOARP: whether frames can be sent to the address known. */
        public boolean isResolved() {
            return switch (this) {
                case REACHABLE, STALE, DELAY, PROBE, PERMANENT -> true;
                case NONE, INCOMPLETE, FAILED, NOARP -> false;
            };
        }
    }

    // struct ndmsg of linux/neighbour.h
    private static final int FAMILY = 0;
    private static final int INDEX = 4;
    private static final int STATE = 8;
    static final int HEADER = 12;

    private static final int NDA_DST = 1;
    private static final int NDA_LLADDR = 2;

    /** Empty for other families, such as the entries of bridges. */
    static Optional<Neighbour> parse(ByteBuffer payload) {
        NetlinkAttributes attributes = NetlinkAttributes.parse(payload, HEADER);
        if (!AddressFamily.isKnown(payload.get(FAMILY))) {
            return Optional.empty();
        }
        return attributes
                .address(NDA_DST)
                .map(address -> new Neighbour(
                        payload.getInt(INDEX),
                        address,
                        attributes.ethernet(NDA_LLADDR),
                        State.of(Short.toUnsignedInt(payload.getShort(STATE)))));
    }
}

package io.makolb.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One message of the netlink protocol, see netlink(7).
 *
 * @param type what the payload is
 * @param flags {@code NLM_F_...}
 * @param sequence the number of the request it answers; 0 for notifications
 * @param payload what follows the header, in the machine's byte order
 */
record NetlinkMessage(int type, int flags, int sequence, ByteBuffer payload) {

    static final int ERROR = 2;
    static final int DONE = 3;

    /** {@code NLM_F_DUMP_INTR}: the table changed while it was listed. */
    private static final int INTERRUPTED = 0x10;

    /** {@code sizeof(struct nlmsghdr)}. */
    static final int HEADER = 16;

    /** {@code NLMSG_ALIGNTO} and {@code RTA_ALIGNTO}. */
    static final int ALIGNMENT = 4;

    /** Splits what one read from the socket delivered. */
    static List<NetlinkMessage> parse(ByteBuffer datagram) {
        ByteBuffer rest = datagram.slice().order(ByteOrder.nativeOrder());
        List<NetlinkMessage> messages = new ArrayList<>();
        while (rest.remaining() >= HEADER) {
            int start = rest.position();
            int length = rest.getInt(start);
            if (length < HEADER || length > rest.remaining()) {
                throw new IllegalArgumentException(
                        "A netlink message of " + length + " bytes where " + rest.remaining() + " are left");
            }
            messages.add(new NetlinkMessage(
                    Short.toUnsignedInt(rest.getShort(start + 4)),
                    Short.toUnsignedInt(rest.getShort(start + 6)),
                    rest.getInt(start + 8),
                    rest.slice(start + HEADER, length - HEADER).order(ByteOrder.nativeOrder())));
            rest.position(Math.min(start + aligned(length), rest.limit()));
        }
        return messages;
    }

    static int aligned(int length) {
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }

    boolean interrupted() {
        return (flags & INTERRUPTED) != 0;
    }

    /** Of an error or the end of a list, the positive error number; 0 is an acknowledgement. */
    int errno() {
        return payload.remaining() < Integer.BYTES ? 0 : -payload.getInt(0);
    }

    /** What the kernel has to say about an error beyond its number; empty when nothing. */
    String explanation() {
        return NetlinkError.explanation(this);
    }
}

package io.makolb.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The extended acknowledgement behind an error message ({@code NETLINK_EXT_ACK}). */
final class NetlinkError {

    /** {@code NLM_F_CAPPED}: the request is not repeated in the error message. */
    private static final int CAPPED = 0x100;

    /** {@code NLM_F_ACK_TLVS}: attributes follow. */
    private static final int HAS_ATTRIBUTES = 0x200;

    /** {@code NLMSGERR_ATTR_MSG}. */
    private static final int MESSAGE = 1;

    /** The error number comes first, then the header of the request. */
    private static final int REQUEST = Integer.BYTES;

    private NetlinkError() {}

    static String explanation(NetlinkMessage error) {
        ByteBuffer payload = error.payload();
        if ((error.flags() & HAS_ATTRIBUTES) == 0 || payload.remaining() < REQUEST + NetlinkMessage.HEADER) {
            return "";
        }
        boolean capped = (error.flags() & CAPPED) != 0;
        int request = capped ? NetlinkMessage.HEADER : NetlinkMessage.aligned(payload.getInt(REQUEST));
        int start = REQUEST + request;
        if (start > payload.limit()) {
            return "";
        }
        ByteBuffer attributes = payload.slice(start, payload.limit() - start).order(ByteOrder.nativeOrder());
        return NetlinkAttributes.parse(attributes).text(MESSAGE).orElse("");
    }
}

package io.makolb.reference;

import java.util.Optional;

/** Section 8.1: connection ids that servers have chosen. */
final class QuicRouting {

    private static final int UDP_HEADER = 8;
    private static final int LONG_FORM = 0x80;
    private static final int TYPE = 0x30;
    private static final int HANDSHAKE = 0x20;
    private static final int SHORT_LENGTH = 9;
    private static final int LONG_LENGTH = 14;
    private static final int SHORT_ID = 1;
    private static final int LONG_ID_LENGTH = 5;
    private static final int LONG_ID = 6;
    private static final int USUAL_ID_LENGTH = 8;

    private final ServerIds ids;
    private final IdentifiedFlows flows;
    private final Tally tally;

    QuicRouting(ServerIds ids, IdentifiedFlows flows, Tally tally) {
        this.ids = ids;
        this.flows = flows;
        this.tally = tally;
    }

    /** Where a connection id begins; absent: there is none that a server chose. */
    private record Header(boolean initial, Optional<Integer> connectionId) {}

    Named name(byte[] frame, IpHeader ip, Service service, Flow flow, long now) {
        if (Icmp.is(ip)) {
            tally.count(Counter.QUIC_ICMP);
            if (Icmp.destinationUnreachable(frame, ip)) {
                tally.count(Counter.QUIC_ICMP_UNREACHABLE);
            }
            return Named.NOBODY;
        }
        Header header = header(frame, ip.transport() + UDP_HEADER);
        if (header.initial()) {
            tally.count(Counter.QUIC_INITIAL);
            tally.countServerIdNew(service);
            return Named.NOBODY;
        }
        long id = header.connectionId().map(at -> serverId(frame, at)).orElse(0L);
        Optional<Ip> real = ids.real(id);
        if (real.isEmpty()) {
            if (id != 0) {
                tally.count(Counter.QUIC_UNKNOWN_IDS);
            }
            tally.count(Counter.QUIC_WITHOUT_ID);
            return Named.NOBODY;
        }
        if (!ServerIds.reaches(ip, real.get())) {
            tally.count(Counter.QUIC_UNUSABLE_IDS);
            return Named.UNREACHABLE;
        }
        tally.count(Counter.QUIC_BY_ID);
        tally.count(
                switch (flows.tell(flow, real.get(), service, now)) {
                    case MATCH -> Counter.QUIC_TABLE_MATCH;
                    case MISMATCH -> Counter.QUIC_TABLE_MISMATCH;
                    case NOT_FOUND -> Counter.QUIC_TABLE_NOT_FOUND;
                });
        return Named.of(real.get());
    }

    private static Header header(byte[] frame, int payload) {
        if (!Bytes.present(frame, payload, 1)) {
            return new Header(false, Optional.empty());
        }
        int first = Bytes.u8(frame, payload);
        if ((first & LONG_FORM) == 0) {
            boolean whole = Bytes.present(frame, payload, SHORT_LENGTH);
            return new Header(false, whole ? Optional.of(payload + SHORT_ID) : Optional.empty());
        }
        if (!Bytes.present(frame, payload, LONG_LENGTH)) {
            return new Header(false, Optional.empty());
        }
        if ((first & TYPE) < HANDSHAKE) {
            return new Header(true, Optional.empty());
        }
        boolean longEnough = Bytes.u8(frame, payload + LONG_ID_LENGTH) >= USUAL_ID_LENGTH;
        return new Header(false, longEnough ? Optional.of(payload + LONG_ID) : Optional.empty());
    }

    /** 0 = none. The number of format 3 is signed, and below 0 it is none. */
    private long serverId(byte[] frame, int at) {
        return switch (Bytes.u8(frame, at) >> 6) {
            case 1 ->
                counted(
                        Counter.QUIC_IDS_V1,
                        (Bytes.u8(frame, at) & 0x3F) << 10
                                | Bytes.u8(frame, at + 1) << 2
                                | Bytes.u8(frame, at + 2) >> 6);
            case 2 -> counted(Counter.QUIC_IDS_V2, Bytes.u32(frame, at) & 0x00FFFFFFL);
            case 3 -> counted(Counter.QUIC_IDS_V3, Math.max(0, (int) Bytes.u32(frame, at + 1)));
            default -> 0;
        };
    }

    private long counted(Counter format, long id) {
        if (id != 0) {
            tally.count(format);
        }
        return id;
    }
}

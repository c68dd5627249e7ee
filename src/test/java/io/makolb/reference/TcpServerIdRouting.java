package io.makolb.reference;

import java.util.Optional;

/** Section 8.3: the server id in a TCP option. ICMP errors are not looked into. */
final class TcpServerIdRouting {

    private static final int TCP_HEADER = 20;
    private static final int DATA_OFFSET = 12;
    private static final int MOST_OPTIONS = 15;
    private static final int END = 0;
    private static final int NO_OPERATION = 1;
    private static final int SERVER_ID = 0xB7;
    private static final int SERVER_ID_LENGTH = 6;

    private final ServerIds ids;
    private final IdentifiedFlows flows;
    private final Tally tally;

    TcpServerIdRouting(ServerIds ids, IdentifiedFlows flows, Tally tally) {
        this.ids = ids;
        this.flows = flows;
        this.tally = tally;
    }

    Named name(byte[] frame, IpHeader ip, Service service, Flow flow, long now) {
        if (flow.syn()) {
            tally.count(Counter.TCP_ID_SYN);
            tally.countServerIdNew(service);
            return Named.NOBODY;
        }
        Optional<Ip> real = Icmp.is(ip)
                ? Optional.empty()
                : serverId(frame, ip.transport()).flatMap(ids::real).filter(known -> ServerIds.reaches(ip, known));
        if (real.isEmpty()) {
            tally.count(Counter.TCP_WITHOUT_ID);
            return Named.NOBODY;
        }
        tally.count(Counter.TCP_BY_ID);
        if (!service.has(Flag.NO_LRU)
                && flows.tell(flow, real.get(), service, now) == IdentifiedFlows.Before.MISMATCH) {
            tally.count(Counter.TCP_TABLE_MISMATCH);
        }
        return Named.of(real.get());
    }

    private static Optional<Long> serverId(byte[] frame, int tcp) {
        int end = tcp + (Bytes.u8(frame, tcp + DATA_OFFSET) >> 4) * 4;
        int at = tcp + TCP_HEADER;
        if (end - at < SERVER_ID_LENGTH) {
            return Optional.empty();
        }
        for (int examined = 0; examined < MOST_OPTIONS; examined++) {
            if (at >= end || !Bytes.present(frame, at, 1) || Bytes.u8(frame, at) == END) {
                return Optional.empty();
            }
            int kind = Bytes.u8(frame, at);
            if (kind == NO_OPERATION) {
                at++;
                continue;
            }
            if (end - at < 2 || !Bytes.present(frame, at, 2) || Bytes.u8(frame, at + 1) > end - at) {
                return Optional.empty();
            }
            int length = Bytes.u8(frame, at + 1);
            if (kind == SERVER_ID) {
                boolean whole = length == SERVER_ID_LENGTH && Bytes.present(frame, at, SERVER_ID_LENGTH);
                return whole ? Optional.of(littleEndian(frame, at + 2)) : Optional.empty();
            }
            at += length;
        }
        return Optional.empty();
    }

    private static long littleEndian(byte[] frame, int at) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) Bytes.u32(frame, at)));
    }
}

package io.makolb.reference;

import java.util.Optional;

/** Section 8.2: datagrams that begin with a header with a server id. The connection table plays no part. */
final class StableUdpRouting {

    private static final int UDP_HEADER = 8;
    private static final int STABLE_HEADER = 8;
    private static final int STABLE_TYPE = 0x52;

    private final ServerIds ids;
    private final Tally tally;

    StableUdpRouting(ServerIds ids, Tally tally) {
        this.ids = ids;
        this.tally = tally;
    }

    Named name(byte[] frame, IpHeader ip) {
        int payload = payload(frame, ip);
        if (!Bytes.present(frame, payload, STABLE_HEADER) || Bytes.u8(frame, payload) != STABLE_TYPE) {
            return nobody(Counter.STABLE_OTHER_PACKETS);
        }
        long id = Bytes.u32(frame, payload) & 0x00FFFFFFL;
        if (id == 0) {
            tally.count(Counter.STABLE_WITHOUT_ID);
            return Named.NOBODY;
        }
        Optional<Ip> real = ids.real(id);
        if (real.isEmpty()) {
            return nobody(Counter.STABLE_UNKNOWN_IDS);
        }
        if (!ServerIds.reaches(ip, real.get())) {
            return nobody(Counter.STABLE_UNUSABLE_IDS);
        }
        tally.count(Counter.STABLE_BY_ID);
        return Named.of(real.get());
    }

    private Named nobody(Counter why) {
        tally.count(why);
        tally.count(Counter.STABLE_WITHOUT_ID);
        return Named.NOBODY;
    }

    /** Of the datagram that an ICMP error embeds, if it is one. */
    private static int payload(byte[] frame, IpHeader ip) {
        IpHeader datagram = Icmp.is(ip) ? Icmp.embedded(frame, ip).orElseThrow() : ip;
        return datagram.transport() + UDP_HEADER;
    }
}

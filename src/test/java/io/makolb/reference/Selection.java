package io.makolb.reference;

import java.util.List;

/** Section 11: the real that the ring gives a flow. */
final class Selection {

    private final Settings settings;

    Selection(Settings settings) {
        this.settings = settings;
    }

    /** The flow as it is hashed, and from then on encapsulated: with DPORT_HASH only the destination port is left of it. */
    static Flow adapted(Flow flow, Service service) {
        if (!service.has(Flag.DPORT_HASH)) {
            return flow;
        }
        return flow.withSourcePort(flow.destinationPort())
                .withSource(flow.source().zeroed());
    }

    int hash(Flow flow) {
        byte[] source = flow.source().bytes();
        int sourceWord =
                flow.source().v6() ? JenkinsHash.of16Bytes(source, settings.hashSeedV6()) : JenkinsHash.word(source, 0);
        int ports = JenkinsHash.word(Bytes.join(Bytes.word(flow.sourcePort()), Bytes.word(flow.destinationPort())), 0);
        return JenkinsHash.ofWords(sourceWord, ports, settings.hashSeedV4());
    }

    int slot(Flow flow, int ringSize) {
        return Integer.remainderUnsigned(hash(flow), ringSize);
    }

    Ip real(Flow flow, List<Ip> ring) {
        return ring.get(slot(flow, ring.size()));
    }
}

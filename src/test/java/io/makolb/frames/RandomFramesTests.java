package io.makolb.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.reference.Ip;
import io.makolb.reference.Outcome;
import io.makolb.reference.ReferenceBalancer;
import io.makolb.reference.Service;
import io.makolb.reference.Settings;
import io.makolb.reference.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RandomFramesTests {

    private static final List<Service> SERVICES = List.of(
            service("10.200.1.1", "10.0.0.1"), service("10.200.1.3", "fc00::1"), service("fc00:1::1", "fc00::1"));

    @Test
    void equalSeedsGiveEqualFrames() {
        RandomFrames first = new RandomFrames(7, SERVICES);
        RandomFrames second = new RandomFrames(7, SERVICES);
        for (int i = 0; i < 500; i++) {
            assertThat(first.next()).isEqualTo(second.next()).hasSizeBetween(14, 3600);
        }
    }

    /** A comparison of thousands of frames is worth little if they all end the same way. */
    @Test
    void framesReachEveryEndOfTheModel() {
        ReferenceBalancer balancer = new ReferenceBalancer(
                Settings.of((byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1), SERVICES);
        RandomFrames frames = new RandomFrames(1, SERVICES);
        Map<String, Integer> ends = new TreeMap<>();
        Map<Verdict, Integer> verdicts = new TreeMap<>();
        for (int i = 0; i < 20_000; i++) {
            Outcome outcome = balancer.receive(frames.next(), i);
            ends.merge(outcome.reason().replaceAll(" for (Flow|[0-9f]).*", ""), 1, Integer::sum);
            verdicts.merge(outcome.verdict(), 1, Integer::sum);
        }
        assertThat(ends.keySet())
                .contains(
                        "DROP_FRAGMENT",
                        "DROP_MALFORMED",
                        "DROP_OPTIONS",
                        "error about an unknown protocol",
                        "forwarded",
                        "fragment, not for a VIP",
                        "ICMP that is not about a flow",
                        "no VIP",
                        "not IP",
                        "options, not for a VIP",
                        "ping answered",
                        "told that it is too big",
                        "truncated, not for a VIP",
                        "unknown protocol");
        assertThat(verdicts.get(Verdict.TX)).isGreaterThan(8_000);
        assertThat(verdicts.get(Verdict.PASS)).isGreaterThan(2_000);
        assertThat(verdicts.get(Verdict.DROP)).isGreaterThan(1_000);
        assertThat(balancer.tally().of(io.makolb.reference.Counter.TABLE_HITS)).isGreaterThan(3_000);
    }

    private static Service service(String vip, String real) {
        return Service.host(Ip.of(vip), 80, Service.TCP, Set.of(), false, List.of(Ip.of(real)));
    }
}

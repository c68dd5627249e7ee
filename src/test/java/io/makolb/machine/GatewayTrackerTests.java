package io.makolb.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.linux.EthernetAddress;
import io.makolb.linux.Neighbour;
import io.makolb.linux.Neighbour.State;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation.GatewayMac;
import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GatewayTrackerTests {

    private static final Optional<NextHop> ROUTER = Optional.of(new NextHop(2, InetAddress.getLoopbackAddress()));
    private static final long MAC = 0x020000000201L;
    private static final long OTHER = 0x020000000202L;

    private final GatewayTracker tracker = new GatewayTracker("eth0");

    @Test
    void aRouterNobodyKnowsIsAskedFor() {
        assertThat(tracker.update(ROUTER, Optional.empty()))
                .isEqualTo(new GatewayTracker.Step(Optional.empty(), ROUTER));
        assertThat(tracker.isKnown()).isFalse();
        assertThat(tracker.hop()).isEqualTo(ROUTER);
    }

    @Test
    void aRouterThatIsBeingAskedIsNotAskedAgain() {
        assertThat(tracker.update(ROUTER, neighbour(State.INCOMPLETE, 0))).isEqualTo(GatewayTracker.Step.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(names = {"REACHABLE", "PROBE", "PERMANENT"})
    void aFreshAnswerIsReportedOnce(State state) {
        assertThat(tracker.update(ROUTER, neighbour(state, MAC)))
                .isEqualTo(new GatewayTracker.Step(reported(MAC), Optional.empty()));
        assertThat(tracker.update(ROUTER, neighbour(state, MAC))).isEqualTo(GatewayTracker.Step.NOTHING);
        assertThat(tracker.isKnown()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"STALE", "DELAY"})
    void aStaleAnswerIsReportedAndAskedForAgain(State state) {
        assertThat(tracker.update(ROUTER, neighbour(state, MAC)))
                .isEqualTo(new GatewayTracker.Step(reported(MAC), ROUTER));
    }

    @Test
    void anotherMacIsReported() {
        tracker.update(ROUTER, neighbour(State.REACHABLE, MAC));

        assertThat(tracker.update(ROUTER, neighbour(State.REACHABLE, OTHER)).changed())
                .isEqualTo(reported(OTHER));
    }

    @Test
    void theLastMacStaysWhileTheRouterIsSilent() {
        tracker.update(ROUTER, neighbour(State.REACHABLE, MAC));

        assertThat(tracker.update(ROUTER, neighbour(State.FAILED, MAC)))
                .isEqualTo(new GatewayTracker.Step(Optional.empty(), ROUTER));
        assertThat(tracker.update(ROUTER, Optional.empty()))
                .isEqualTo(new GatewayTracker.Step(Optional.empty(), ROUTER));
        assertThat(tracker.update(ROUTER, neighbour(State.REACHABLE, MAC))).isEqualTo(GatewayTracker.Step.NOTHING);
    }

    @Test
    void theLastMacStaysWhileThereIsNoRoute() {
        tracker.update(ROUTER, neighbour(State.REACHABLE, MAC));

        assertThat(tracker.update(Optional.empty(), Optional.empty())).isEqualTo(GatewayTracker.Step.NOTHING);
        assertThat(tracker.isKnown()).isTrue();
        assertThat(tracker.hop()).isEmpty();
    }

    @Test
    void anotherRouterIsAskedForAndThenReported() {
        Optional<NextHop> other = Optional.of(new NextHop(3, InetAddress.getLoopbackAddress()));
        tracker.update(ROUTER, neighbour(State.REACHABLE, MAC));

        assertThat(tracker.update(other, Optional.empty())).isEqualTo(new GatewayTracker.Step(Optional.empty(), other));
        assertThat(tracker.update(other, neighbour(State.REACHABLE, OTHER)).changed())
                .isEqualTo(reported(OTHER));
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "INCOMPLETE", "FAILED", "NOARP"})
    void anAddressTheKernelDoesNotTrustIsNotReported(State state) {
        assertThat(tracker.update(ROUTER, neighbour(state, MAC)).changed()).isEmpty();
    }

    private static Optional<GatewayMac> reported(long mac) {
        return Optional.of(new GatewayMac("eth0", Optional.of(new MacAddress(mac))));
    }

    private static Optional<Neighbour> neighbour(State state, long mac) {
        return Optional.of(new Neighbour(
                2,
                InetAddress.getLoopbackAddress(),
                mac == 0 ? Optional.empty() : Optional.of(new EthernetAddress(mac)),
                state));
    }
}

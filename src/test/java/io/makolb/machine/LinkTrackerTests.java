package io.makolb.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.linux.NetworkLink;
import io.makolb.model.Observation.LinkState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinkTrackerTests {

    private final LinkTracker tracker = new LinkTracker(List.of("eth0", "eth1"));

    @Test
    void firstLookReportsEveryConfiguredInterface() {
        assertThat(tracker.update(List.of(link(1, "lo", true), link(2, "eth0", true))))
                .containsExactly(new LinkState("eth0", 2, true), new LinkState("eth1", 0, false));
    }

    @Test
    void nothingNewIsReportedOnce() {
        List<NetworkLink> links = List.of(link(2, "eth0", true), link(3, "eth1", false));
        tracker.update(links);

        assertThat(tracker.update(links)).isEmpty();
    }

    @Test
    void lossOfCarrierIsReported() {
        tracker.update(List.of(link(2, "eth0", true), link(3, "eth1", true)));

        assertThat(tracker.update(List.of(link(2, "eth0", false), link(3, "eth1", true))))
                .containsExactly(new LinkState("eth0", 2, false));
    }

    @Test
    void aDeletedAndRecreatedInterfaceHasAnotherIndex() {
        tracker.update(List.of(link(2, "eth0", true), link(3, "eth1", true)));

        assertThat(tracker.update(List.of(link(3, "eth1", true)))).containsExactly(new LinkState("eth0", 0, false));
        assertThat(tracker.update(List.of(link(3, "eth1", true), link(7, "eth0", true))))
                .containsExactly(new LinkState("eth0", 7, true));
    }

    @Test
    void recreationBetweenTwoLooksIsSeenByTheIndex() {
        tracker.update(List.of(link(2, "eth0", true), link(3, "eth1", true)));

        assertThat(tracker.update(List.of(link(3, "eth1", true), link(7, "eth0", true))))
                .containsExactly(new LinkState("eth0", 7, true));
    }

    @Test
    void aRenamedInterfaceStaysWhatItWas() {
        tracker.update(List.of(link(2, "eth0", true), link(3, "eth1", true)));

        assertThat(tracker.update(List.of(link(2, "wan0", true), link(3, "eth1", true))))
                .isEmpty();
        assertThat(tracker.link("eth0")).map(NetworkLink::name).contains("wan0");
        assertThat(tracker.update(List.of(link(2, "wan0", false), link(3, "eth1", true))))
                .containsExactly(new LinkState("eth0", 2, false));
    }

    @Test
    void aConfiguredNameGoesToWhoTakesItAfterARenaming() {
        tracker.update(List.of(link(2, "eth0", true), link(3, "eth1", true)));
        tracker.update(List.of(link(2, "wan0", true), link(3, "eth1", true)));

        assertThat(tracker.update(List.of(link(2, "wan0", true), link(3, "eth1", true), link(9, "eth0", true))))
                .containsExactly(new LinkState("eth0", 9, true));
    }

    private static NetworkLink link(int index, String name, boolean up) {
        return new NetworkLink(
                index, name, Optional.empty(), Optional.empty(), 1500, 1, true, up, false, "veth", Optional.empty());
    }
}

package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.makolb.balancer.Balancer.AdoptFrom;
import io.makolb.balancer.Condition.State;
import io.makolb.balancer.Events.LeftBehindException;
import io.makolb.balancer.Events.Reader;
import io.makolb.model.Change;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.plane.PlaneException;
import io.makolb.store.StoreFailures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is told of what happens, and to whom. */
@Timeout(60)
class EventsTests {

    private static final MacAddress ROUTER = MacAddress.parse("02:00:00:00:02:01");
    private static final MacAddress OTHER = MacAddress.parse("02:00:00:00:02:02");
    private static final Set<EventType> ALL = Set.of();
    private static final Set<EventType> REVISIONS = Set.of(EventType.CONFIGURATION);

    @TempDir
    private Path directory;

    private Balancers balancers;
    private Reader reader;

    @BeforeEach
    void start() {
        balancers = Balancers.start(directory);
        reader = balancers.events().read("", ALL);
    }

    @AfterEach
    void stop() {
        balancers.close();
    }

    /** Reads until exactly these types have come, in this order. */
    private List<Event> expect(EventType... types) throws Exception {
        List<Event> events = take(reader, types.length);
        assertThat(events).extracting(Event::type).containsExactly(types);
        return events;
    }

    /** The writer may look at its clock before it looks at what was observed. */
    private void expectInAnyOrder(EventType... types) throws Exception {
        assertThat(take(reader, types.length)).extracting(Event::type).containsExactlyInAnyOrder(types);
    }

    private static List<Event> take(Reader from, int count) throws Exception {
        List<Event> events = new ArrayList<>();
        while (events.size() < count) {
            List<Event> next = from.next(Duration.ofSeconds(20));
            assertThat(next).as("after %s", events).isNotEmpty();
            events.addAll(next);
        }
        return events;
    }

    private static List<Long> revisions(List<Event> events) {
        return events.stream()
                .map(event -> event.change().orElseThrow().number())
                .toList();
    }

    private void observe(Observation observation) {
        balancers.balancer().observe(observation);
    }

    private void link(int index, boolean up) {
        observe(new Observation.LinkState("eth0", index, up));
    }

    @Test
    void theFirstEventsOfAProcessSayThatItRuns() throws Exception {
        balancers.restart();

        List<Event> events = take(balancers.events().read(origin(), ALL), 2);

        assertThat(events).extracting(Event::type).containsExactly(EventType.STARTED, EventType.READY);
    }

    @Test
    void aChangeIsToldWithAuthorMessageAndWhatItTouches() throws Exception {
        balancers.apply(putVip(1));
        balancers.apply(putMember(1, 1, 3));

        List<Event> events =
                expect(EventType.CONFIGURATION, EventType.APPLIED, EventType.CONFIGURATION, EventType.APPLIED);
        assertThat(events.get(0).sentence()).isEqualTo("Revision 1 by tester touches 1 resource.");
        assertThat(events.get(2).resources()).containsExactly("vips/" + vip(1) + "/reals/10.0.0.1");
        assertThat(events.get(2).change().orElseThrow().author()).isEqualTo("tester");
        assertThat(events.get(3).id().revision()).isEqualTo(2);
    }

    @Test
    void whoHearsOfARevisionCanReadIt() throws Exception {
        for (int n = 1; n <= 20; n++) {
            balancers.submit(putVip(n));
        }
        long heard = 0;
        while (heard < 20) {
            for (Event event : reader.next(Duration.ofSeconds(20))) {
                heard = Math.max(heard, event.id().revision());
                assertThat(balancers.balancer().snapshot().revision()).isGreaterThanOrEqualTo(heard);
            }
        }
    }

    @Test
    void aChangeOfTooManyResourcesNamesSome() throws Exception {
        balancers.apply(putVip(1));
        balancers.apply(new Change.ReplaceMembers(
                vip(1),
                IntStream.rangeClosed(1, 150)
                        .mapToObj(n -> Configurations.member(n, 1))
                        .toList()));

        Event event = take(reader, 3).get(2);

        assertThat(event.resources()).hasSize(Event.MOST_RESOURCES);
        assertThat(event.change().orElseThrow().diff()).hasSize(Event.MOST_RESOURCES);
        assertThat(event.omitted()).isEqualTo(150 - Event.MOST_RESOURCES);
    }

    @Test
    void aSwitchThatFailsIsPendingAndThenRepaired() throws Exception {
        balancers.kernel().failSwitch(0, new PlaneException("The map is busy: EBUSY.", 16, null));

        balancers.apply(putVip(1));

        List<Event> events = expect(
                EventType.CONFIGURATION, EventType.PENDING, EventType.NOT_READY, EventType.REPAIRED, EventType.READY);
        assertThat(events.get(1).sentence()).contains("EBUSY");
        assertThat(events.get(3).sentence()).isEqualTo("Packets obey revision 1 again.");
    }

    @Test
    void gatewaysAreLearnedChangedAndLost() throws Exception {
        observe(new Observation.GatewayMac("eth0", Optional.of(ROUTER)));
        assertThat(expect(EventType.GATEWAY_LEARNED).get(0).resources()).containsExactly("dataplane/interfaces/eth0");
        observe(new Observation.GatewayMac("eth0", Optional.of(OTHER)));
        assertThat(expect(EventType.GATEWAY_CHANGED).get(0).sentence()).contains(ROUTER.toString(), OTHER.toString());
        observe(new Observation.GatewayMac("eth0", Optional.empty()));
        expect(EventType.GATEWAY_LOST);
    }

    @Test
    void anInterfaceThatWasMadeAnewIsAttachedAgain() throws Exception {
        link(0, false);
        expect(EventType.LINK_GONE);
        balancers.kernel().detach("eth0");
        link(17, true);
        expect(EventType.LINK_UP, EventType.REATTACHED);
        balancers.kernel().detach("eth0");
        link(18, true);
        expect(EventType.REATTACHED);
    }

    @Test
    void attachingAndDetachingOnPurposeIsTold() throws Exception {
        balancers.apply(new Change.SetAttachment(false));
        expect(EventType.CONFIGURATION, EventType.APPLIED, EventType.DETACHED, EventType.NOT_READY);
        balancers.apply(new Change.SetAttachment(true));
        expect(EventType.CONFIGURATION, EventType.APPLIED, EventType.ATTACHED, EventType.READY);
    }

    @Test
    void aLinkThatFlapsDoesNotMakeReadinessFlap() throws Exception {
        for (int flap = 0; flap < 5; flap++) {
            link(1, false);
            expect(EventType.LINK_DOWN);
            balancers.pass(HoldDown.HOLD.minusNanos(1));
            link(1, true);
            expect(EventType.LINK_UP);
        }
        assertThat(balancers.balancer().snapshot().readiness().ready()).isTrue();

        link(1, false);
        expect(EventType.LINK_DOWN);
        balancers.pass(HoldDown.HOLD);
        observe(new Observation.GatewayMac("eth0", Optional.of(ROUTER)));
        expectInAnyOrder(EventType.GATEWAY_LEARNED, EventType.NOT_READY);
        assertThat(balancers.balancer().snapshot().readiness().trouble()).contains("no link on eth0");

        link(1, true);
        expect(EventType.LINK_UP);
        assertThat(balancers.balancer().snapshot().readiness().trouble()).contains("lasted 3 s");
        balancers.pass(HoldDown.HOLD);
        observe(new Observation.GatewayMac("eth0", Optional.of(OTHER)));
        expectInAnyOrder(EventType.GATEWAY_CHANGED, EventType.READY);
    }

    @Test
    void aForeignPlaneAndTheDecisionAreTold() throws Exception {
        balancers.apply(putVip(1));
        balancers.restartOn(directory.resolve("other.db"));
        reader = balancers.events().read(origin(), ALL);
        expect(EventType.STARTED, EventType.FOREIGN_PLANE);

        Balancers.await(balancers.balancer().adopt(AdoptFrom.KERNEL, "alice", ""));

        expect(EventType.CONFIGURATION, EventType.ADOPTED, EventType.APPLIED, EventType.READY);
    }

    @Test
    void aReloadIsTold() throws Exception {
        Balancers.await(balancers.balancer().reload());

        expect(EventType.RELOADED);
    }

    @Test
    void aStoreThatCannotBeReadIsToldAndWhatItCommittedIsNotLost() throws Exception {
        balancers.failAfterCommit(StoreFailures.unknown());
        balancers.failLoad(StoreFailures.unavailable());
        assertThatThrownBy(() -> balancers.apply(putVip(1))).hasMessageContaining("fsync");
        assertThat(expect(EventType.STORE_LOST).get(0).sentence()).contains("The disk is gone.");

        balancers.failLoad(null);

        expect(EventType.CONFIGURATION, EventType.STORE_BACK, EventType.APPLIED);
    }

    @Test
    void whoComesBackMissesNothing() throws Exception {
        balancers.apply(putVip(1));
        String last = take(reader, 2).get(0).id().toString();
        balancers.apply(putVip(2));

        Reader again = balancers.events().read(last, ALL);

        assertThat(again.missed()).isEmpty();
        assertThat(take(again, 3))
                .extracting(Event::type)
                .containsExactly(EventType.APPLIED, EventType.CONFIGURATION, EventType.APPLIED);
    }

    @Test
    void onlyWhatIsWantedIsTold() throws Exception {
        reader = balancers.events().read("", Set.of(EventType.APPLIED));
        balancers.apply(putVip(1));
        balancers.apply(putVip(2));

        expect(EventType.APPLIED, EventType.APPLIED);
        assertThat(reader.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void afterARestartWhoFollowsEverythingIsToldToReadAgain() {
        balancers.apply(putVip(1));
        String last = reader.position().toString();
        balancers.restart();

        assertThat(balancers.events().read(last, ALL).missed()).contains("restarted");
        assertThat(balancers.events().read("41", ALL).missed()).contains("never");
    }

    @Test
    void afterARestartWhoFollowsRevisionsGetsThoseThatWereMissed() throws Exception {
        balancers.apply(putVip(1));
        Event last = take(balancers.events().read(origin(), REVISIONS), 1).get(0);
        for (int n = 2; n <= 4; n++) {
            balancers.apply(putVip(n));
        }
        balancers.restart();
        balancers.apply(putVip(5));

        Reader again = balancers.events().read(last.id().toString(), REVISIONS);

        assertThat(again.missed()).isEmpty();
        List<Event> missed = take(again, 4);
        assertThat(revisions(missed)).containsExactly(2L, 3L, 4L, 5L);
        String second = missed.get(1).id().toString();
        assertThat(revisions(take(balancers.events().read(second, REVISIONS), 2)))
                .containsExactly(4L, 5L);
    }

    @Test
    void revisionsOfAnotherStoreAreNotTakenForOnes() {
        balancers.apply(putVip(1));
        balancers.apply(new Change.DeleteVip(vip(1)));
        String last = balancers.events().read("", ALL).position().toString();
        balancers.restartOn(directory.resolve("other.db"));
        for (int n = 1; n <= 3; n++) {
            balancers.apply(putVip(n));
        }

        assertThat(balancers.events().read(last, REVISIONS).missed()).contains("Another store");
    }

    @Test
    void whatIsNotKeptAnyMoreIsMissedOrReadFromTheHistory() throws Exception {
        String last = reader.position().toString();
        balancers.apply(putVip(1));
        for (int n = 0; n < EventLog.KEPT; n++) {
            observe(new Observation.GatewayMac("eth0", Optional.of(n % 2 == 0 ? ROUTER : OTHER)));
            MacAddress expected = n % 2 == 0 ? ROUTER : OTHER;
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> balancers
                            .balancer()
                            .snapshot()
                            .image()
                            .interfaces()
                            .get("eth0")
                            .gateway()
                            .equals(Optional.of(expected)));
        }

        assertThatThrownBy(() -> reader.next(Duration.ZERO)).isInstanceOf(LeftBehindException.class);
        assertThat(balancers.events().read(last, ALL).missed()).contains("More than 1024 events");
        assertThat(revisions(take(balancers.events().read(last, REVISIONS), 1))).containsExactly(1L);
    }

    @Test
    void theEndIsTold() throws Exception {
        balancers.stop();

        assertThat(reader.next(Duration.ofSeconds(20))).isEmpty();
        assertThat(reader.over()).isTrue();
    }

    @Test
    void theNamesOfTypesCanBeReadBack() {
        assertThat(EventType.values())
                .allSatisfy(type -> assertThat(EventType.of(type.toString())).hasValue(type));
        assertThat(Arrays.stream(EventType.values()).map(EventType::toString)).contains("not-ready");
        assertThat(EventType.of("NOT_READY")).isEmpty();
    }

    @Test
    void aGatewayThatIsNoLongerSetDoesNotStay() {
        Change set = new Change.PutInterface("eth0", new InterfaceSettings(Optional.empty(), Optional.of(ROUTER)));
        balancers.apply(set);
        assertThat(gateway()).hasValue(ROUTER);
        balancers.apply(new Change.PutInterface("eth0", InterfaceSettings.DEFAULT));
        assertThat(gateway()).isEmpty();

        balancers.apply(set);
        balancers.restart();
        balancers.apply(new Change.PutInterface("eth0", InterfaceSettings.DEFAULT));
        assertThat(gateway()).isEmpty();
    }

    @Test
    void aGatewayThatWasFoundOutOutlivesTheProcessUntilItIsFoundOutAgain() {
        observe(new Observation.GatewayMac("eth0", Optional.of(ROUTER)));
        await().untilAsserted(() -> assertThat(gateway()).hasValue(ROUTER));

        balancers.restart();
        balancers.apply(putVip(1));

        assertThat(gateway()).hasValue(ROUTER);
        assertThat(balancers.balancer().snapshot().condition().state()).isEqualTo(State.READY);
    }

    private Optional<MacAddress> gateway() {
        return balancers.balancer().snapshot().image().interfaces().get("eth0").gateway();
    }

    /** The id of one who has seen nothing of this process. */
    private String origin() {
        return balancers.events().read("", ALL).position().toString().replaceAll("-\\d+-\\d+$", "-0-0");
    }
}

package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.BetterOnPurpose;
import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkLoad;
import io.makolb.model.BulkSet;
import io.makolb.model.BulkSets;
import io.makolb.model.DecapDestination;
import io.makolb.model.DecapMode;
import io.makolb.model.HashFunction;
import io.makolb.model.HealthMark;
import io.makolb.model.MacAddress;
import io.makolb.model.OnEmpty;
import io.makolb.model.Prefix;
import io.makolb.model.Protocol;
import io.makolb.model.ServerId;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every forwarding plane keeps to. What is above a plane relies on this and on nothing else. */
abstract class ForwardingPlaneContract extends ConnectionContract {

    @Test
    void aNewPlaneIsEmptyAndNobodys() {
        PlaneImage image = plane.read();

        assertThat(image.limits()).isEqualTo(LIMITS);
        assertThat(image.vips()).isEmpty();
        assertThat(image.reals()).isEmpty();
        assertThat(image.retiredVips()).isEmpty();
        assertThat(image.retiredReals()).isEmpty();
        assertThat(plane.meta()).isEmpty();
    }

    @Test
    void whatWasSwitchedIsReadBack() {
        PlaneImage after = threeVips();

        assertThat(plane.read()).isEqualTo(after);
        assertThat(plane.readInterfaces(PlaneImage.empty(LIMITS)))
                .isEqualTo(PlaneImage.empty(LIMITS)
                        .with(
                                after.interfaces(),
                                HealthCheckImage.EMPTY.with(after.healthChecks().interfaces())));
    }

    @Test
    void sourceRoutesComeChangeAndGo() {
        apply(draft().enterReal(R1).enterReal(R2).enterReal(R3), 1);
        PlaneImage two = apply(draft().changeBulk(routes("10.1.0.0/16", R1, "2001:db8:1::/48", R3)), 2);
        assertThat(plane.read()).isEqualTo(two);

        PlaneImage three =
                apply(draft().changeBulk(routes("10.1.0.0/16", R2, "10.0.0.0/8", R1, "0.0.0.0/0", R3, "::/0", R3)), 3);
        assertThat(plane.read()).isEqualTo(three);

        PlaneImage none = apply(draft().changeBulk(routes()), 4);
        assertThat(plane.read()).isEqualTo(none);
        assertThat(none.bulk()).isEqualTo(BulkSets.EMPTY);
    }

    @Test
    void serverIdsComeChangeAndGo() {
        apply(draft().enterReal(R1).enterReal(R2), 1);
        PlaneImage two = apply(draft().changeBulk(ids(1, R1, 65_536, R2, ServerId.MAX, R1)), 2);
        assertThat(plane.read()).isEqualTo(two);

        PlaneImage one = apply(draft().changeBulk(ids(65_536, R1)), 3);
        assertThat(plane.read()).isEqualTo(one);
    }

    /** So many are made aside; what is given up leaves what is in force alone, and can be made again. */
    @Test
    void manySourceRoutesTakeThePlaceOfOthersAtOnce() {
        apply(draft().enterReal(R1).enterReal(R2), 1);
        PlaneImage before = apply(draft().changeBulk(routes("10.1.0.0/16", R1)), 2);
        PlanePlan plan = draft().changeBulk(manyRoutes(R2)).plan(3);

        plane.stage(plan).abandon();
        assertThat(plane.read()).isEqualTo(before);

        StagedPlan staged = plane.stage(plan);
        assertThat(plane.read()).isEqualTo(before);
        StagedPlan again = staged.replaceBy(plan);
        again.switchOver();
        again.switchOver();
        again.verify();
        assertThat(plane.read()).isEqualTo(plan.after());

        PlaneImage few = apply(draft().changeBulk(routes("10.1.0.0/16", R1)), 4);
        assertThat(plane.read()).isEqualTo(few);
    }

    @Test
    void moreSourceRoutesThanThereIsRoomForAreRefused() {
        apply(draft().enterReal(R1), 1);
        PlaneImage before = plane.read();
        BulkLoad<Prefix> load = new BulkLoad<>(BulkKind.SOURCE_ROUTES);
        for (int i = 0; i <= LIMITS.maxSourceRoutes(); i++) {
            load.add(new Prefix(Address.ipv4(i << 8), 24), R1, i + 1);
        }
        PlanePlan plan = draft().changeBulk(load.finish()).plan(2);

        assertThatExceptionOfType(PlaneFullException.class)
                .isThrownBy(() -> plane.stage(plan))
                .matches(full -> full.limit() == PlaneFullException.Limit.SOURCE_ROUTES)
                .matches(full -> full.size() == LIMITS.maxSourceRoutes());
        assertThat(plane.read()).isEqualTo(before);
    }

    /** As many as there may be can still be changed. */
    @Test
    void aFullTableOfSourceRoutesCanBeChangedRouteByRoute() {
        apply(draft().enterReal(R1).enterReal(R2), 1);
        BulkLoad<Prefix> load = new BulkLoad<>(BulkKind.SOURCE_ROUTES);
        for (int i = 0; i < LIMITS.maxSourceRoutes(); i++) {
            load.add(new Prefix(Address.ipv4(i << 8), 24), R1, i + 1);
        }
        BulkSet<Prefix> full = load.finish();
        apply(draft().changeBulk(full), 2);
        PlaneImage changed =
                apply(draft().changeBulk(full.with(Map.of(Prefix.parse("0.0.7.0/24"), Optional.of(R2)))), 3);

        assertThat(plane.read()).isEqualTo(changed);
    }

    static BulkSet<Prefix> routes(Object... prefixesAndReals) {
        BulkLoad<Prefix> load = new BulkLoad<>(BulkKind.SOURCE_ROUTES);
        for (int i = 0; i < prefixesAndReals.length; i += 2) {
            load.add(Prefix.parse(prefixesAndReals[i].toString()), (Address) prefixesAndReals[i + 1], i);
        }
        return load.finish();
    }

    static BulkSet<Prefix> manyRoutes(Address real) {
        BulkLoad<Prefix> load = new BulkLoad<>(BulkKind.SOURCE_ROUTES);
        for (int i = 0; i < 6000; i++) {
            load.add(new Prefix(Address.ipv4(0x0b000000 + (i << 4)), 28), real, i);
        }
        return load.finish();
    }

    private static BulkSet<ServerId> ids(Object... idsAndReals) {
        BulkLoad<ServerId> load = new BulkLoad<>(BulkKind.SERVER_IDS);
        for (int i = 0; i < idsAndReals.length; i += 2) {
            load.add(new ServerId((Integer) idsAndReals[i]), (Address) idsAndReals[i + 1], i);
        }
        return load.finish();
    }

    @Test
    void aStagedPlanIsNotInForce() {
        PlaneImage before = plane.read();

        StagedPlan staged =
                plane.stage(draft().enterReal(R1).enterVip(WEB, Map.of(R1, 1)).plan(1));

        assertThat(plane.read()).isEqualTo(before);
        staged.abandon();
    }

    @Test
    void anAbandonedPlanLeavesNoTrace() {
        PlaneImage before = threeVips();
        PlaneFacts facts = plane.facts();

        for (int i = 0; i < 2 * LIMITS.maxVips(); i++) {
            plane.stage(draft().changeMembers(WEB, Map.of(R1, i))
                            .retireVip(DNS)
                            .enterVip(ALL_PORTS, Map.of(R1, 1))
                            .plan(2))
                    .abandon();
        }

        assertThat(plane.read()).isEqualTo(before);
        assertThat(plane.facts().freeVips()).isEqualTo(facts.freeVips());
    }

    @Test
    void aPlanStagedInPlaceOfAnotherTakesWhatItNeedsAndGivesBackTheRest() {
        PlaneImage before = threeVips();
        StagedPlan staged =
                plane.stage(draft().changeMembers(WEB, Map.of(R1, 9)).plan(2));

        PlanDraft last = draft();
        for (int i = 0; i < 8 * LIMITS.maxVips(); i++) {
            last = draft().changeMembers(WEB, Map.of(R1, 9, R2, i / 2))
                    .changeMembers(DNS, Map.of(R3, i))
                    .enterVip(ALL_PORTS, Map.of(R1, 1));
            staged = staged.replaceBy(last.plan(3));
        }
        assertThat(plane.read()).isEqualTo(before);
        staged.switchOver();
        staged.verify();

        assertThat(plane.read()).isEqualTo(last.image());
    }

    @Test
    void switchingTwiceIsTheSameAsOnce() {
        PlanDraft draft = draft().enterReal(R1).enterReal(R2).enterVip(WEB, Map.of(R1, 1, R2, 1));
        StagedPlan staged = plane.stage(draft.plan(1));

        staged.switchOver();
        staged.switchOver();

        staged.verify();
        assertThat(plane.read()).isEqualTo(draft.image());
    }

    @Test
    void prefixesAreVipsOfTheirOwnAndReadByTheNextProcess() {
        VipId host = VipId.parse("10.0.0.0-80-tcp");
        VipId eight = VipId.parse("10.0.0.0_8-80-tcp");
        VipId nine = VipId.parse("10.0.0.0_9-80-tcp");
        VipId ipv6 = VipId.parse("2001:db8::_64-0-udp");
        PlaneImage before = apply(
                draft().enterReal(R1)
                        .enterReal(R3)
                        .enterVip(host, Map.of(R1, 1))
                        .enterVip(eight, Map.of(R1, 2))
                        .enterVip(nine, Map.of(R1, 2))
                        .enterVip(ipv6, Map.of(R3, 1)),
                1);

        assertThat(takeOver().read()).isEqualTo(before);
        assertThat(plane.inspect()).isEmpty();
        PlaneImage after = apply(
                draft().retireVip(nine).changeVip(ipv6, VipFlag.NO_LRU.bit(), HashFunction.MAGLEV, OnEmpty.PASS), 2);

        assertThat(plane.read()).isEqualTo(after);
        assertThat(after.vips()).containsOnlyKeys(host, eight, ipv6);
        assertThat(plane.inspect()).isEmpty();
        apply(draft().retireVip(eight).retireVip(ipv6), 3);
        assertThat(plane.read().vips()).containsOnlyKeys(host);
        assertThat(plane.inspect()).isEmpty();
    }

    /** More often than there are copies of the tables. */
    @Test
    void prefixesComeAndGoAgainAndAgain() {
        for (int round = 0; round < 20; round++) {
            VipId id = VipId.parse("10." + round % 5 + ".0.0_16-80-tcp");
            apply(draft().enterVip(id, Map.of()), 2L * round + 1);
            assertThat(plane.read().vips()).containsOnlyKeys(id);
            assertThat(plane.inspect()).isEmpty();
            apply(draft().retireVip(id), 2L * round + 2);
            assertThat(plane.read().vips()).isEmpty();
            assertThat(plane.inspect()).isEmpty();
        }
    }

    @Test
    void decapDestinationsComeChangeAndGo() {
        PlaneImage both = apply(draft().putDecap(R1, DecapMode.INLINE).putDecap(R3, DecapMode.EGRESS), 1);
        assertThat(plane.read()).isEqualTo(both);

        PlaneImage one = apply(draft().putDecap(R1, DecapMode.EGRESS).removeDecap(R3), 2);
        assertThat(plane.read()).isEqualTo(one);
        assertThat(one.decapDestinations()).containsOnly(Map.entry(R1, new DecapDestination(DecapMode.EGRESS)));
    }

    @Test
    void moreDecapDestinationsThanThereIsRoomForAreRefused() {
        PlanDraft draft = draft();
        for (int i = 0; i <= LIMITS.maxDecapDestinations(); i++) {
            draft.putDecap(Address.ipv4(0x0a000100 + i), DecapMode.INLINE);
        }

        assertThatThrownBy(() -> plane.stage(draft.plan(1)))
                .isInstanceOfSatisfying(
                        PlaneFullException.class,
                        full -> assertThat(full.limit()).isEqualTo(PlaneFullException.Limit.DECAP_DESTINATIONS));
        assertThat(plane.read().decapDestinations()).isEmpty();
    }

    @Test
    void weightsFlagsAndHashFunctionChange() {
        threeVips();

        PlaneImage after = apply(
                draft().changeMembers(WEB, Map.of(R1, 0, R2, 7))
                        .changeVip(
                                DNS, VipFlag.NO_LRU.bit() | VipFlag.NO_SPORT.bit(), HashFunction.MAGLEV, OnEmpty.PASS)
                        .disableMember(WEB_TLS, R1),
                2);

        assertThat(plane.read()).isEqualTo(after);
        assertThat(vip(after, WEB_TLS).ringRecipe()).isZero();
    }

    @Test
    void marksAndCountedDestinationsChange() {
        threeVips();
        HealthCheckImage both = healthChecks(Map.of(1000L, R1, 0xffffffffL, R3), WEB, DNS, ALL_PORTS);
        PlaneImage entered = apply(draft().changeHealthChecks(both), 2);
        assertThat(plane.read()).isEqualTo(entered);

        HealthCheckImage other = healthChecks(Map.of(1000L, R3, 7L, R2), DNS);
        PlaneImage changed = apply(draft().changeHealthChecks(other), 3);

        assertThat(plane.read()).isEqualTo(changed);
        assertThat(plane.counters().healthchecks()).containsOnly(Map.entry(DNS, new CounterSample.RealCounters(0, 0)));
    }

    @Test
    void healthChecksAreReadByTheNextProcess() {
        HealthCheckImage wanted = healthChecks(Map.of(1000L, R1), WEB);
        PlaneImage before = apply(draft().changeHealthChecks(wanted), 1);

        takeOver();

        assertThat(plane.read()).isEqualTo(before);
    }

    @Test
    void theProgramLeavesInterfacesAndReturns() {
        PlaneImage away = apply(
                draft().changeHealthChecks(new HealthCheckImage(new TreeMap<>(), new TreeSet<>(), new TreeSet<>())), 1);
        assertThat(plane.read()).isEqualTo(away);

        PlaneImage back = apply(draft().changeHealthChecks(healthChecks(Map.of())), 2);

        assertThat(plane.read()).isEqualTo(back);
    }

    @Test
    void moreMarksThanThereIsRoomForAreRefused() {
        Map<Long, Address> marks = new TreeMap<>();
        for (long mark = 1; mark <= LIMITS.maxHealthcheckMarks() + 1; mark++) {
            marks.put(mark, R1);
        }
        PlaneImage before = plane.read();

        assertThatThrownBy(() -> plane.stage(
                        draft().changeHealthChecks(healthChecks(marks)).plan(1)))
                .isInstanceOfSatisfying(
                        PlaneFullException.class,
                        full -> assertThat(full.limit()).isEqualTo(PlaneFullException.Limit.HEALTHCHECK_MARKS));
        assertThat(plane.read()).isEqualTo(before);

        marks.remove(1L);
        PlaneImage full = apply(draft().changeHealthChecks(healthChecks(marks)), 1);
        assertThat(plane.read()).isEqualTo(full);
    }

    private HealthCheckImage healthChecks(Map<Long, Address> marks, VipId... keys) {
        TreeMap<HealthMark, Address> reals = new TreeMap<>();
        marks.forEach((mark, real) -> reals.put(new HealthMark(mark), real));
        return new HealthCheckImage(reals, new TreeSet<>(Set.of(keys)), new TreeSet<>(Set.of(interfaceName())));
    }

    @Test
    void realsAreDownForAVip() {
        threeVips();
        int flag = VipFlag.UDP_FLOW_MIGRATION.bit();
        apply(draft().changeVip(DNS, flag, HashFunction.MAGLEV_V2, OnEmpty.DROP), 2);
        PlaneImage down = apply(draft().markDown(DNS, Set.of(R1, R3)), 2);
        assertThat(plane.read()).isEqualTo(down);

        PlaneImage one = apply(draft().markDown(DNS, Set.of(R2)), 3);
        assertThat(plane.read()).isEqualTo(one);
        takeOver();
        assertThat(plane.read()).isEqualTo(one);
        assertThat(plane.inspect()).isEmpty();

        PlaneImage none = apply(draft().markDown(DNS, Set.of()), 4);
        assertThat(plane.read()).isEqualTo(none);
    }

    @Test
    void whatIsDownForAVipIsNotDownForTheNextOwnerOfItsNumber() {
        PlaneImage before = threeVips();
        apply(draft().markDown(DNS, Set.of(R1)), 2);
        PlaneImage retired = apply(draft().retireVip(DNS), 3);
        plane.purge(Set.copyOf(retired.retiredVips().values()), Set.of());
        apply(draft().freeVip(DNS), 4);

        int number = vip(before, DNS).number();
        apply(draft().enterVip(ALL_PORTS, number, Map.of(R1, 1)), 5);
        PlaneImage marked = apply(draft().markDown(ALL_PORTS, Set.of(R2)), 6);

        assertThat(plane.read()).isEqualTo(marked);
        assertThat(vip(plane.read(), ALL_PORTS).downReals()).containsExactly(R2);
    }

    @Test
    void onEmptyKeepKeepsTheRing() {
        threeVips();
        apply(draft().changeVip(WEB, 0, HashFunction.MAGLEV_V2, OnEmpty.KEEP), 2);
        VipImage web = vip(plane.read(), WEB);
        VipImage kept = new VipImage(
                WEB,
                web.number(),
                0,
                HashFunction.MAGLEV_V2,
                OnEmpty.KEEP,
                new TreeMap<Address, MemberImage>(),
                new TreeSet<>(),
                web.ringRecipe());

        PlaneImage after = apply(draft().change(web, kept), 3);

        assertThat(plane.read()).isEqualTo(after);
    }

    @Test
    void aRealChangesItsAttributesAndKeepsItsIndex() {
        PlaneImage before = threeVips();

        PlaneImage after = apply(draft().changeReal(R1, true), 2);

        assertThat(plane.read()).isEqualTo(after);
        assertThat(real(after, R1).index()).isEqualTo(real(before, R1).index());
    }

    @Test
    @BetterOnPurpose(
            "a reused VIP number starts with its predecessor's ring and counters; a reused real index inherits connections")
    void whatIsGoneKeepsItsNumberUntilItIsPurged() {
        threeVips();

        PlaneImage retired = apply(draft().retireVip(DNS).retireReal(R3), 2);
        assertThat(plane.read()).isEqualTo(retired);
        assertThat(retired.retiredVips()).containsOnlyKeys(DNS);

        plane.purge(
                Set.copyOf(retired.retiredVips().values()),
                Set.copyOf(retired.retiredReals().values()));
        PlaneImage freed = apply(draft().freeVip(DNS).freeReal(R3), 3);

        assertThat(plane.read()).isEqualTo(freed);
        assertThat(freed.retiredVips()).isEmpty();
        assertThat(freed.retiredReals()).isEmpty();
        assertThat(plane.facts().freeVips()).isEqualTo(LIMITS.maxVips() - 2);
        assertThat(plane.facts().freeReals()).isEqualTo(LIMITS.maxReals() - 1 - 2);
    }

    @Test
    void whatComesBackGetsItsNumberAgain() {
        PlaneImage first = threeVips();
        apply(draft().retireVip(DNS).retireReal(R3), 2);

        PlaneImage after = apply(draft().enterReal(R3).enterVip(DNS, Map.of(R3, 9)), 3);

        assertThat(plane.read()).isEqualTo(after);
        assertThat(vip(after, DNS).number()).isEqualTo(vip(first, DNS).number());
    }

    @Test
    void oneMoreVipThanThereIsRoomForIsRefused() {
        PlaneImage before = threeVips();

        assertThatThrownBy(() -> plane.stage(draft().enterVip(ALL_PORTS, LIMITS.maxVips(), Map.of(R1, 1))
                        .plan(2)))
                .isInstanceOfSatisfying(PlaneFullException.class, full -> {
                    assertThat(full.limit()).isEqualTo(PlaneFullException.Limit.VIPS);
                    assertThat(full.size()).isEqualTo(LIMITS.maxVips());
                    assertThat(full.used()).isEqualTo(3);
                });
        assertThat(plane.read()).isEqualTo(before);
    }

    @Test
    void oneMoreRealThanThereIsRoomForIsRefused() {
        PlanDraft draft = draft();
        for (int i = 1; i < LIMITS.maxReals(); i++) {
            draft.enterReal(Address.ipv4(0x0a000300 + i));
        }
        PlaneImage full = apply(draft, 1);

        assertThatThrownBy(() -> plane.stage(draft().enterReal(R3).plan(2)))
                .isInstanceOfSatisfying(PlaneFullException.class, exception -> {
                    assertThat(exception.limit()).isEqualTo(PlaneFullException.Limit.REALS);
                    assertThat(exception.size()).isEqualTo(LIMITS.maxReals() - 1);
                    assertThat(exception.used()).isEqualTo(LIMITS.maxReals() - 1);
                });
        assertThat(plane.read()).isEqualTo(full);
    }

    @Test
    void aFullPlaneTakesNewRingsForEveryVipAtOnce() {
        apply(draft().enterReal(R1).enterReal(R2), 1);
        PlanDraft fill = draft();
        for (int i = 0; i < LIMITS.maxVips(); i++) {
            fill.enterVip(VipId.host(Address.parse("10.200.1.1"), i + 1, Protocol.TCP), Map.of(R1, 1, R2, i));
        }
        apply(fill, 2);

        for (int round = 1; round < 8; round++) {
            PlanDraft change = draft();
            for (int i = 0; i < LIMITS.maxVips(); i++) {
                change.changeMembers(
                        VipId.host(Address.parse("10.200.1.1"), i + 1, Protocol.TCP), Map.of(R1, round, R2, i));
            }
            PlaneImage after = apply(change, 2 + round);
            assertThat(plane.read()).isEqualTo(after);
        }
    }

    @Test
    void aClaimedPlaneSaysWhoseItIsAndHowFar() {
        UUID store = UUID.randomUUID();

        plane.claim(store, 7);
        assertThat(plane.meta()).hasValueSatisfying(meta -> {
            assertThat(meta.storeId()).isEqualTo(store);
            assertThat(meta.appliedRevision()).isEqualTo(7);
        });

        apply(draft().enterReal(R1).enterVip(WEB, Map.of(R1, 1)), 8);
        assertThat(plane.meta())
                .hasValueSatisfying(meta -> assertThat(meta.appliedRevision()).isEqualTo(8));
    }

    @Test
    void theNextProcessFindsEverything() {
        plane.claim(UUID.randomUUID(), 0);
        PlaneImage image = threeVips();
        apply(draft().retireVip(DNS).retireReal(R3), 2);
        image = plane.read();
        Optional<PlaneMeta> meta = plane.meta();

        takeOver();

        assertThat(plane.read()).isEqualTo(image);
        assertThat(plane.meta()).isEqualTo(meta);
    }

    @Test
    void theNextProcessCanChangeWhatItFound() {
        threeVips();
        takeOver();

        PlaneImage after = apply(
                draft().changeMembers(WEB, Map.of(R2, 3)).retireVip(WEB_TLS).enterVip(ALL_PORTS, Map.of(R1, 2)), 2);

        assertThat(plane.read()).isEqualTo(after);
    }

    @Test
    void aPlanThatNobodySwitchedIsForgottenByTheNextProcess() {
        PlaneImage before = threeVips();
        plane.stage(draft().changeMembers(WEB, Map.of(R2, 3))
                .retireVip(WEB_TLS)
                .enterVip(ALL_PORTS, Map.of(R1, 2))
                .plan(2));

        takeOver();

        assertThat(plane.read()).isEqualTo(before);
    }

    @Test
    void theGatewayAndTheAttachmentFollowThePlan() {
        InterfaceImage attached =
                new InterfaceImage(true, AttachMode.GENERIC, Optional.of(MacAddress.parse("02:00:00:00:02:01")));
        apply(draft().changeInterface(interfaceName(), attached), 1);
        assertThat(plane.read().interfaces()).containsEntry(interfaceName(), attached);
        assertThat(plane.facts().attachments()).singleElement().satisfies(attachment -> {
            assertThat(attachment.interfaceName()).isEqualTo(interfaceName());
            assertThat(attachment.mode()).isEqualTo("GENERIC");
            assertThat(attachment.programId()).isEqualTo(plane.facts().programId());
        });

        InterfaceImage detached = new InterfaceImage(false, AttachMode.AUTO, Optional.empty());
        apply(draft().changeInterface(interfaceName(), detached), 2);
        assertThat(plane.read().interfaces()).containsEntry(interfaceName(), detached);
        assertThat(plane.facts().attachments())
                .singleElement()
                .satisfies(attachment -> assertThat(attachment.mode()).isEmpty());
    }

    @Test
    void anyModeSatisfiesAuto() {
        InterfaceImage wanted =
                new InterfaceImage(true, AttachMode.AUTO, Optional.of(MacAddress.parse("02:00:00:00:02:01")));

        apply(draft().changeInterface(interfaceName(), wanted), 1);

        assertThat(plane.read().interfaces().get(interfaceName()))
                .isNotNull()
                .satisfies(image -> assertThat(image.satisfies(wanted)).isTrue())
                .satisfies(image -> assertThat(image.mode()).isNotEqualTo(AttachMode.AUTO));
    }

    @Test
    void reloadingTheProgramChangesNothingElse() {
        threeVips();
        apply(
                draft().changeInterface(
                                interfaceName(), new InterfaceImage(true, AttachMode.GENERIC, Optional.empty())),
                2);
        PlaneImage before = plane.read();
        int program = plane.facts().programId();

        plane.reload();

        assertThat(plane.read()).isEqualTo(before);
        assertThat(plane.facts().programId()).isNotEqualTo(program);
        assertThat(plane.facts().attachments())
                .singleElement()
                .satisfies(attachment -> assertThat(attachment.programId())
                        .isEqualTo(plane.facts().programId()));
    }

    @Test
    void everyVipRealAndCpuHasItsCounters() {
        threeVips();

        CounterSample sample = plane.counters();

        assertThat(sample.cpus())
                .isNotEmpty()
                .allSatisfy(cpu -> assertThat(cpu).containsOnlyKeys(PlaneCounter.values()));
        assertThat(sample.vips()).containsOnlyKeys(WEB, WEB_TLS, DNS);
        assertThat(sample.reals()).containsOnlyKeys(R1, R2, R3);
    }

    @Test
    void countersOfRetiredRealsAreStillThere() {
        threeVips();
        apply(draft().retireVip(DNS).retireReal(R3), 2);

        assertThat(plane.counters().reals()).containsOnlyKeys(R1, R2, R3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void afterAnySequenceOfPlansTheImageIsTheLastOne(long seed) {
        Random random = new Random(seed);
        List<Address> reals = new ArrayList<>();
        PlanDraft setup = draft();
        for (int i = 0; i < 12; i++) {
            reals.add(Address.ipv4(0x0a000301 + i));
            setup.enterReal(reals.get(i));
        }
        apply(setup, 1);
        for (int revision = 2; revision < 60; revision++) {
            PlanDraft draft = draft();
            Set<VipId> changed = new HashSet<>();
            for (int change = random.nextInt(4); change >= 0; change--) {
                VipId id =
                        VipId.host(Address.ipv4(0x0ac80101 + random.nextInt(3)), 1 + random.nextInt(4), Protocol.TCP);
                if (!changed.add(id)) {
                    continue;
                }
                Map<Address, Integer> weights = new TreeMap<>();
                for (int member = random.nextInt(6); member > 0; member--) {
                    weights.put(reals.get(random.nextInt(reals.size())), random.nextInt(20));
                }
                boolean present = draft.image().vips().containsKey(id);
                if (!present) {
                    draft.enterVip(id, weights);
                } else if (random.nextInt(3) == 0) {
                    draft.retireVip(id);
                } else {
                    draft.changeMembers(id, weights);
                }
            }
            PlaneImage after = apply(draft, revision);
            assertThat(plane.read()).isEqualTo(after);
            if (random.nextInt(15) == 0) {
                takeOver();
                assertThat(plane.read()).isEqualTo(after);
            }
        }
    }
}

package io.makolb.balancer;

import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.real;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.makolb.model.Address;
import io.makolb.model.AttachMode;
import io.makolb.model.BulkKind;
import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.Counted;
import io.makolb.model.DecapDestination;
import io.makolb.model.EntryKind;
import io.makolb.model.HashFunction;
import io.makolb.model.HealthMark;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.OnEmpty;
import io.makolb.model.Protocol;
import io.makolb.model.RealAttributes;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ServerId;
import io.makolb.model.Vip;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.Encapsulation;
import io.makolb.plane.HealthCheckEncapsulation;
import io.makolb.plane.HealthCheckFacts;
import io.makolb.plane.PlaneFeatures;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules that need to know the process or the machine. */
class AdmissionTests {

    private static final AdmissionCheck FEATURES =
            new FeatureCheck(List.of("eth0"), PlaneFeatures.DEFAULT, HealthCheckFacts.IDLE);
    private static final AdmissionCheck HOST =
            new HostAddressCheck(() -> Set.of(Address.parse("10.200.0.1"), Address.parse("2001:db8::1:1")));

    private static void check(AdmissionCheck check, Configuration before, Change change, boolean force) {
        Configuration after = change.applyTo(before);
        check.check(after, Differences.between(before, after), force);
    }

    private static Change put(String id) {
        return new Change.PutVip(Vip.of(VipId.parse(id)));
    }

    private static void assertRefused(Reason reason, String remedy, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(reason);
            assertThat(refusal.remedy()).contains(remedy);
        });
    }

    @Test
    void whatIsNotThereYetOrSwitchedOffIsRefusedWithAWayOut() {
        assertRefused(
                Reason.FEATURE_OFF,
                "mako.forwarding.prefix-vips=true",
                () -> check(FEATURES, Configuration.EMPTY, put("fc00:2::_96-443-udp"), false));
        assertRefused(
                Reason.FEATURE_OFF,
                "mako.forwarding.local-delivery=true",
                () -> check(
                        FEATURES, Configuration.EMPTY, new Change.PutReal(real(1), new RealAttributes(true)), false));
        assertRefused(
                Reason.FEATURE_OFF,
                "mako.forwarding.local-delivery=true",
                () -> check(
                        FEATURES,
                        putVip(5).applyTo(Configuration.EMPTY),
                        new Change.EditVip(vip(5), vip -> flagged(vip, VipFlag.LOCAL_VIP)),
                        false));
    }

    private static Vip flagged(Vip vip, VipFlag flag) {
        return new Vip(vip.id(), Set.of(flag), vip.hashFunction(), vip.onEmpty(), vip.description(), vip.labels());
    }

    @Test
    void aRealThatGueHasNoSourceForIsRefused() {
        AdmissionCheck check = new FeatureCheck(
                List.of("eth0"),
                new PlaneFeatures(
                        Encapsulation.GUE,
                        Optional.empty(),
                        Optional.of(Address.parse("2001:db8::2")),
                        false,
                        true,
                        Set.of(),
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        false),
                HealthCheckFacts.IDLE);
        Configuration before = putVip(5).applyTo(Configuration.EMPTY);
        Change ipv4 = new Change.PutMembership(vip(5), Configurations.member(0x0a000001, 1));

        assertRefused(Reason.FEATURE_OFF, "mako.forwarding.encap-source-v4", () -> check(check, before, ipv4, false));
        check(FEATURES, before, ipv4, false);
    }

    @Test
    void healthChecksThatCannotBeForwardedAreRefused() {
        Change ipv4 =
                new Change.PutEntry<>(EntryKind.HEALTHCHECK_MARKS, new HealthMark(1000), Address.parse("10.0.0.1"));
        Change ipv6 =
                new Change.PutEntry<>(EntryKind.HEALTHCHECK_MARKS, new HealthMark(1000), Address.parse("2001:db8::1"));
        Change key =
                new Change.PutEntry<>(EntryKind.HEALTHCHECK_KEYS, VipId.parse("10.200.1.1-80-tcp"), Counted.COUNTED);

        AdmissionCheck off = healthChecks(false, HealthCheckEncapsulation.DIRECT);
        assertRefused(
                Reason.FEATURE_OFF,
                "mako.healthcheck.enabled=true",
                () -> check(off, Configuration.EMPTY, ipv6, false));
        assertRefused(
                Reason.FEATURE_OFF, "mako.healthcheck.enabled=true", () -> check(off, Configuration.EMPTY, key, false));
        AdmissionCheck direct = healthChecks(true, HealthCheckEncapsulation.DIRECT);
        assertRefused(
                Reason.FEATURE_OFF,
                "mako.forwarding.encap-source-v4",
                () -> check(direct, Configuration.EMPTY, ipv4, false));
        AdmissionCheck tunnel = healthChecks(true, HealthCheckEncapsulation.TUNNEL);
        assertRefused(
                Reason.FEATURE_OFF,
                "mako.healthcheck.tunnel-v4",
                () -> check(tunnel, Configuration.EMPTY, ipv4, false));
        check(direct, Configuration.EMPTY, ipv6, false);
        check(direct, Configuration.EMPTY, key, false);
        // What became unreachable can still be taken away.
        Change gone = new Change.DeleteEntry<>(EntryKind.HEALTHCHECK_MARKS, new HealthMark(1000));
        check(off, ipv4.applyTo(Configuration.EMPTY), gone, false);
    }

    /** Reaches IPv6 reals only. */
    private static AdmissionCheck healthChecks(boolean enabled, HealthCheckEncapsulation encapsulation) {
        return new FeatureCheck(
                List.of("eth0"),
                PlaneFeatures.DEFAULT,
                new HealthCheckFacts(
                        enabled, 0, encapsulation, Optional.empty(), Optional.empty(), false, true, List.of()));
    }

    @Test
    void stableRoutingNeedsAProgramThatLooksForIt() {
        Change stable = new Change.PutVip(new Vip(
                VipId.parse("10.200.1.1-443-udp"),
                Set.of(VipFlag.UDP_STABLE_ROUTING),
                HashFunction.MAGLEV_V2,
                OnEmpty.DROP,
                "",
                new TreeMap<>()));
        AdmissionCheck on = new FeatureCheck(
                List.of("eth0"),
                new PlaneFeatures(
                        Encapsulation.IPIP,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        true,
                        Set.of(),
                        false,
                        true,
                        false,
                        true,
                        false,
                        false,
                        true),
                HealthCheckFacts.IDLE);

        assertRefused(
                Reason.FEATURE_OFF,
                "mako.forwarding.udp-stable-routing=true",
                () -> check(FEATURES, Configuration.EMPTY, stable, false));
        check(on, Configuration.EMPTY, stable, false);
        Change global = new Change.PutVip(new Vip(
                VipId.parse("10.200.1.1-443-udp"),
                Set.of(VipFlag.GLOBAL_LRU),
                HashFunction.MAGLEV_V2,
                OnEmpty.DROP,
                "",
                new TreeMap<>()));
        assertRefused(
                Reason.FEATURE_OFF,
                "mako.forwarding.global-connection-table=true",
                () -> check(FEATURES, Configuration.EMPTY, global, false));
        check(on, Configuration.EMPTY, global, false);
    }

    @Test
    void aPrefixIsAVipWherePrefixesAreSwitchedOnAndCanAlwaysGo() {
        AdmissionCheck on = new FeatureCheck(
                List.of("eth0"),
                new PlaneFeatures(
                        Encapsulation.IPIP,
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        true,
                        Set.of(),
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        true),
                HealthCheckFacts.IDLE);
        Change prefix = put("fc00:2::_96-443-udp");

        check(on, Configuration.EMPTY, prefix, false);
        Change gone = new Change.DeleteVip(VipId.parse("fc00:2::_96-443-udp"));
        check(FEATURES, prefix.applyTo(Configuration.EMPTY), gone, false);
    }

    @Test
    void whatIsThereAndSwitchedOffIsNamed() {
        FeatureCheck off = new FeatureCheck(List.of("eth0"), PlaneFeatures.DEFAULT, HealthCheckFacts.IDLE);
        Configuration stored = put("fc00:2::_96-443-udp").applyTo(putVip(5).applyTo(Configuration.EMPTY));
        SwitchedOff switchedOff = new SwitchedOff(off);

        assertThat(switchedOff.objection(stored, VipId.parse("fc00:2::_96-443-udp")))
                .get()
                .extracting(Refusal::remedy, STRING)
                .contains("mako.forwarding.prefix-vips=true");
        assertThat(switchedOff.objection(stored, vip(5))).isEmpty();
    }

    @Test
    void tunnelsCannotEndWhereUndoingThemIsOff() {
        Change tunnel = new Change.PutEntry<>(
                EntryKind.DECAP_DESTINATIONS, Address.parse("10.0.0.9"), DecapDestination.DEFAULT);

        assertRefused(
                Reason.FEATURE_OFF,
                "mako.forwarding.inline-decap",
                () -> check(FEATURES, Configuration.EMPTY, tunnel, false));
    }

    @Test
    void anInterfaceThatIsNotServedIsNotFound() {
        InterfaceSettings settings = new InterfaceSettings(Optional.of(AttachMode.GENERIC), Optional.empty());

        assertRefused(
                Reason.NOT_FOUND,
                "mako.dataplane.interfaces",
                () -> check(FEATURES, Configuration.EMPTY, new Change.PutInterface("eth9", settings), false));
        check(FEATURES, Configuration.EMPTY, new Change.PutInterface("eth0", settings), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.200.0.1-0-tcp",
                "10.200.0.0_24-80-tcp",
                "0.0.0.0_0-443-udp",
                "2001:db8::1:1-0-udp",
                "2001:db8::_32-443-udp",
                "2001:db8::1:0_112-443-udp"
            })
    void aVipThatLocksTheOperatorOutNeedsForce(String id) {
        Change change = id.startsWith("0.") ? prefixEverything() : put(id);

        assertRefused(Reason.IN_USE, "force=true", () -> check(HOST, Configuration.EMPTY, change, false));
        check(HOST, Configuration.EMPTY, change, true);
    }

    private static Change prefixEverything() {
        return new Change.PutVip(Vip.of(new VipId(Address.ipv4(0), 0, 443, Protocol.UDP)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.200.0.1-80-tcp", "10.200.0.2-0-tcp", "10.200.1.0_24-80-tcp", "2001:db8::2:0_112-443-udp"})
    void otherVipsDoNot(String id) {
        check(HOST, Configuration.EMPTY, put(id), false);
    }

    @Test
    void theBalancerIsNoRealOfItself() {
        Configuration one = putVip(5).applyTo(Configuration.EMPTY);
        Change loop = new Change.PutMembership(vip(5), Configurations.member(0x00c80001, 1));

        assertRefused(Reason.INVALID_VALUE, "another machine", () -> check(HOST, one, loop, true));
    }

    @Test
    void aRealThatIsTheBalancerIsAdmittedWhereItsPacketsAreLeftToIt() {
        Address own = Address.parse("10.200.0.1");
        Configuration one = putVip(5).applyTo(Configuration.EMPTY);
        Change flag = new Change.EditVip(vip(5), vip -> flagged(vip, VipFlag.LOCAL_VIP));
        Change local = new Change.PutReal(own, new RealAttributes(true));
        Change member = new Change.PutMembership(vip(5), Configurations.member(0x00c80001, 1));

        assertRefused(Reason.INVALID_VALUE, "LOCAL_VIP", () -> check(HOST, flag.applyTo(one), member, true));
        assertRefused(Reason.INVALID_VALUE, "\"local\":true", () -> check(HOST, local.applyTo(one), member, true));
        Configuration both = local.applyTo(flag.applyTo(one));
        check(HOST, both, member, false);

        Configuration inside = member.applyTo(both);
        assertRefused(
                Reason.INVALID_VALUE,
                "keep the flag",
                () -> check(HOST, inside, new Change.PutVip(Vip.of(vip(5))), true));
        assertRefused(
                Reason.INVALID_VALUE,
                "keep it local",
                () -> check(HOST, inside, new Change.PutReal(own, RealAttributes.DEFAULT), true));
        check(HOST, inside, new Change.DeleteVip(vip(5)), false);
    }

    @Test
    void aServerIdLeadsToTheBalancerItselfWhereItIsALocalReal() {
        Address own = Address.parse("10.200.0.1");
        Change id = new Change.PutBulkEntry<>(BulkKind.SERVER_IDS, new ServerId(7), own);
        Configuration local = new Change.PutReal(own, new RealAttributes(true)).applyTo(Configuration.EMPTY);

        assertRefused(Reason.INVALID_VALUE, "another machine", () -> check(HOST, Configuration.EMPTY, id, true));
        check(HOST, local, id, false);
        assertRefused(
                Reason.INVALID_VALUE,
                "server ids first",
                () -> check(HOST, id.applyTo(local), new Change.PutReal(own, RealAttributes.DEFAULT), true));
    }

    @Test
    void whatWasAdmittedOnceStays() {
        Configuration forced = put("10.200.0.1-0-tcp").applyTo(Configuration.EMPTY);

        check(HOST, forced, putVip(5), false);
    }
}

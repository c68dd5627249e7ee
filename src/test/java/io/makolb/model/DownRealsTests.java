package io.makolb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which reals are down for a VIP, and who may say so. */
class DownRealsTests {

    private static final VipId DNS = VipId.parse("10.200.1.1-53-udp");
    private static final Address UP = Address.parse("10.0.0.1");
    private static final Address DISABLED = Address.parse("10.0.0.2");
    private static final Address STRANGER = Address.parse("10.0.0.3");

    private static Configuration dns(VipFlag... flags) {
        return with(DNS, flags);
    }

    private static Configuration with(VipId id, VipFlag... flags) {
        Vip vip = new Vip(id, Set.of(flags), HashFunction.MAGLEV_V2, OnEmpty.DROP, "", new TreeMap<>());
        return Configuration.EMPTY.with(new VipEntry(
                vip,
                new TreeMap<>(Map.of(
                        UP, new Membership(UP, 1, AdminState.ENABLED),
                        DISABLED, new Membership(DISABLED, 1, AdminState.DISABLED)))));
    }

    private static void assertRefused(Reason reason, Configuration before, Change change) {
        assertThatThrownBy(() -> change.applyTo(before))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void aRealIsDownWhereItIsDisabledOrSomebodySaysSo() {
        Configuration before = dns(VipFlag.UDP_FLOW_MIGRATION);
        Configuration after = new Change.PutDownReal(DNS, STRANGER).applyTo(before);

        assertThat(before.require(DNS).allDownReals()).isEqualTo(Map.of(DISABLED, DownSource.ADMIN_STATE));
        assertThat(after.require(DNS).allDownReals())
                .isEqualTo(Map.of(DISABLED, DownSource.ADMIN_STATE, STRANGER, DownSource.API));
        assertThat(after.require(DNS).reals()).containsExactly(UP, DISABLED, STRANGER);
        assertThat(after.allReals()).contains(STRANGER);
        assertThat(new Change.DeleteDownReal(DNS, STRANGER).applyTo(after)).isEqualTo(before);
    }

    @Test
    void withoutTheFlagAndInTcpNoRealIsDown() {
        VipId tcp = VipId.parse("10.200.1.1-53-tcp");

        assertThat(dns().require(DNS).allDownReals()).isEmpty();
        assertRefused(Reason.INVALID_VALUE, dns(), new Change.PutDownReal(DNS, UP));
        assertRefused(Reason.INVALID_VALUE, dns(), new Change.ReplaceDownReals(DNS, List.of(UP)));
        assertThat(with(tcp, VipFlag.UDP_FLOW_MIGRATION).require(tcp).allDownReals())
                .isEmpty();
        assertRefused(Reason.INVALID_VALUE, with(tcp, VipFlag.UDP_FLOW_MIGRATION), new Change.PutDownReal(tcp, UP));
    }

    @Test
    void theFlagStaysWhileSomebodySaysThatARealIsDown() {
        Configuration before = new Change.PutDownReal(DNS, UP).applyTo(dns(VipFlag.UDP_FLOW_MIGRATION));

        assertRefused(Reason.IN_USE, before, new Change.PutVip(Vip.of(DNS)));
        assertRefused(Reason.IN_USE, before, new Change.EditVip(DNS, vip -> Vip.of(vip.id())));
        assertThat(new Change.PutVip(Vip.of(DNS)).applyTo(dns(VipFlag.UDP_FLOW_MIGRATION)))
                .isEqualTo(dns());
    }

    @Test
    void whatIsDownByItsAdminStateIsNotTakenBackByADelete() {
        Configuration before = dns(VipFlag.UDP_FLOW_MIGRATION);

        assertRefused(Reason.IN_USE, before, new Change.DeleteDownReal(DNS, DISABLED));
        assertRefused(Reason.NOT_FOUND, before, new Change.DeleteDownReal(DNS, UP));
    }

    @Test
    void theSetThatWasReadCanBeSentBack() {
        Configuration before = new Change.PutDownReal(DNS, STRANGER).applyTo(dns(VipFlag.UDP_FLOW_MIGRATION));
        List<Address> all = List.copyOf(before.require(DNS).allDownReals().keySet());

        assertThat(new Change.ReplaceDownReals(DNS, all).applyTo(before)).isEqualTo(before);
        assertThat(new Change.ReplaceDownReals(DNS, List.of())
                        .applyTo(before)
                        .require(DNS)
                        .allDownReals())
                .containsOnlyKeys(DISABLED);
    }

    @Test
    void aRealOfTheWrongFamilyOrTheVipItselfIsRefusedOnEveryRoad() {
        VipId v6 = VipId.parse("fc00:1::1-53-udp");
        Vip vip = new Vip(
                v6, Set.of(VipFlag.UDP_FLOW_MIGRATION), HashFunction.MAGLEV_V2, OnEmpty.DROP, "", new TreeMap<>());
        Configuration before = Configuration.EMPTY.with(new VipEntry(vip, new TreeMap<>()));
        Configuration wrong = Configuration.EMPTY.with(new VipEntry(vip, new TreeMap<>(), new TreeSet<>(Set.of(UP))));

        assertRefused(Reason.WRONG_FAMILY, before, new Change.PutDownReal(v6, UP));
        assertRefused(Reason.WRONG_FAMILY, before, new Change.ReplaceDownReals(v6, List.of(UP)));
        assertRefused(Reason.INVALID_VALUE, before, new Change.PutDownReal(v6, v6.address()));
        assertRefused(Reason.WRONG_FAMILY, before, new Change.ReplaceConfiguration(wrong, Optional.empty(), List.of()));
        assertRefused(Reason.WRONG_FAMILY, before, new Change.EditConfiguration(any -> wrong));
    }
}

package io.makolb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangeTests {

    private static final VipId V4 = VipId.parse("10.200.1.1-80-tcp");
    private static final VipId V6 = VipId.parse("fc00:1::1-80-tcp");
    private static final Address REAL = Address.parse("10.0.0.1");
    private static final Address OTHER = Address.parse("10.0.0.2");

    private final Configuration configuration = new Change.PutVip(Vip.of(V6))
            .applyTo(new Change.PutMembership(V4, member(REAL, 10))
                    .applyTo(new Change.CreateVip(Vip.of(V4)).applyTo(Configuration.EMPTY)));

    private static Membership member(Address real, int weight) {
        return new Membership(real, weight, AdminState.ENABLED);
    }

    @Test
    void replacingAVipKeepsItsReals() {
        Vip changed = new Vip(V4, Set.of(VipFlag.NO_LRU), HashFunction.MAGLEV, OnEmpty.PASS, "web", new TreeMap<>());

        VipEntry entry = new Change.PutVip(changed).applyTo(configuration).require(V4);

        assertThat(entry.vip()).isEqualTo(changed);
        assertThat(entry.members()).containsOnlyKeys(REAL);
    }

    @Test
    void creatingAVipTwiceIsRefused() {
        assertRefused(new Change.CreateVip(Vip.of(V4)), Reason.ALREADY_EXISTS);
    }

    @Test
    void whatIsNotThereCannotBeChanged() {
        assertRefused(new Change.DeleteVip(VipId.parse("10.9.9.9-80-tcp")), Reason.NOT_FOUND);
        assertRefused(new Change.DeleteMembership(V4, OTHER), Reason.NOT_FOUND);
        assertRefused(new Change.EditMembership(V4, OTHER, m -> m), Reason.NOT_FOUND);
        assertRefused(new Change.PutMembership(VipId.parse("10.9.9.9-80-tcp"), member(REAL, 1)), Reason.NOT_FOUND);
    }

    @Test
    void anIpv6VipTakesNoIpv4Real() {
        assertRefused(new Change.PutMembership(V6, member(REAL, 1)), Reason.WRONG_FAMILY);
        assertRefused(new Change.ReplaceMembers(V6, List.of(member(REAL, 1))), Reason.WRONG_FAMILY);

        Configuration wrong =
                configuration.with(new VipEntry(Vip.of(V6), new TreeMap<>(java.util.Map.of(REAL, member(REAL, 1)))));
        assertRefused(new Change.ReplaceConfiguration(wrong, Optional.empty(), List.of()), Reason.WRONG_FAMILY);
        assertRefused(new Change.EditConfiguration(before -> wrong), Reason.WRONG_FAMILY);
    }

    @Test
    void aPrefixIsNoHealthCheckKeyOnWhateverRoadItComes() {
        VipId prefix = VipId.parse("fc00:2::_96-443-udp");
        Configuration wrong = configuration
                .edit()
                .entries(Entries.EMPTY
                        .edit()
                        .put(EntryKind.HEALTHCHECK_KEYS, prefix, Counted.COUNTED)
                        .freeze())
                .done();

        assertRefused(new Change.PutEntry<>(EntryKind.HEALTHCHECK_KEYS, prefix, Counted.COUNTED), Reason.INVALID_VALUE);
        assertRefused(new Change.ReplaceConfiguration(wrong, Optional.empty(), List.of()), Reason.INVALID_VALUE);
        assertRefused(new Change.EditConfiguration(before -> wrong), Reason.INVALID_VALUE);
    }

    @Test
    void anIpv4VipTakesAnIpv6Real() {
        Address real = Address.parse("fc00::1");

        assertThat(new Change.PutMembership(V4, member(real, 1))
                        .applyTo(configuration)
                        .require(V4)
                        .members())
                .containsKeys(REAL, real);
    }

    @Test
    void aVipIsNotItsOwnReal() {
        assertRefused(new Change.PutMembership(V4, member(V4.address(), 1)), Reason.INVALID_VALUE);
    }

    @Test
    void aRealThatStandsTwiceIsRefusedWithItsPlace() {
        Change change = new Change.ReplaceMembers(V4, List.of(member(REAL, 1), member(OTHER, 1), member(REAL, 2)));

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> change.applyTo(configuration));

        assertThat(refusal.reason()).isEqualTo(Reason.DUPLICATE_MEMBER);
        assertThat(refusal.violations()).extracting(Violation::pointer).containsExactly("/items/2/address");
    }

    @Test
    void weightsAreBounded() {
        assertThat(catchThrowableOfType(Refusal.class, () -> member(REAL, -1)).violations())
                .extracting(Violation::pointer)
                .containsExactly("/weight");
        assertThat(catchThrowableOfType(Refusal.class, () -> member(REAL, Membership.MAX_WEIGHT + 1))
                        .reason())
                .isEqualTo(Reason.INVALID_VALUE);
    }

    @Test
    void editsAreMadeInOneStepAndRemovingAStrangerIsNoError() {
        Change change =
                new Change.EditMembers(V4, List.of(member(OTHER, 5)), List.of(REAL, Address.parse("10.0.0.77")));

        assertThat(change.applyTo(configuration).require(V4).members()).containsOnlyKeys(OTHER);
    }

    @Test
    void aWholeConfigurationLeavesTheAttachmentAloneUnlessItSpeaksOfIt() {
        Configuration detached = new Change.SetAttachment(false).applyTo(configuration);

        assertThat(new Change.ReplaceConfiguration(Configuration.EMPTY, Optional.empty(), List.of())
                        .applyTo(detached)
                        .attached())
                .isFalse();
        assertThat(new Change.ReplaceConfiguration(Configuration.EMPTY, Optional.of(true), List.of())
                        .applyTo(detached)
                        .attached())
                .isTrue();
    }

    @Test
    void defaultsAreNotKept() {
        Configuration set = new Change.PutReal(REAL, new RealAttributes(true)).applyTo(configuration);
        Configuration unset = new Change.PutReal(REAL, RealAttributes.DEFAULT).applyTo(set);

        assertThat(set.reals()).containsKey(REAL);
        assertThat(unset).isEqualTo(configuration);
    }

    @Test
    void aRealExistsWhenAVipUsesItOrSomethingIsKnownOfIt() {
        Address unused = Address.parse("10.9.9.9");
        assertRefused(new Change.PutReal(unused, RealAttributes.DEFAULT), Reason.NOT_FOUND);
        assertRefused(new Change.EditReal(unused, before -> new RealAttributes(true)), Reason.NOT_FOUND);

        Configuration known = new Change.PutReal(unused, new RealAttributes(true)).applyTo(configuration);
        assertThat(known.reals()).containsOnlyKeys(unused);
        assertThat(new Change.EditReal(unused, before -> new RealAttributes(!before.local())).applyTo(known))
                .isEqualTo(configuration);
        assertThat(new Change.EditReal(REAL, before -> new RealAttributes(true))
                        .applyTo(configuration)
                        .reals())
                .containsOnlyKeys(REAL);
    }

    @Test
    void editingAnInterfaceLeavesWhatIsNotEdited() {
        Configuration mode = new Change.PutInterface(
                        "eth0", new InterfaceSettings(Optional.of(AttachMode.GENERIC), Optional.empty()))
                .applyTo(configuration);
        Optional<MacAddress> mac = Optional.of(MacAddress.parse("02:00:00:00:00:01"));

        assertThat(new Change.EditInterface("eth0", before -> new InterfaceSettings(before.mode(), mac))
                        .applyTo(mode)
                        .interfaces())
                .containsEntry("eth0", new InterfaceSettings(Optional.of(AttachMode.GENERIC), mac));
    }

    private void assertRefused(Change change, Reason reason) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> change.applyTo(configuration));
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.remedy()).isNotBlank();
    }
}

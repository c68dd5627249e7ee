package io.makolb.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.linux.Capabilities;
import io.makolb.linux.NetworkLink;
import io.makolb.machine.Finding.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FindingsTests {

    @Test
    void aMachineThatInterpretsProgramsIsSlow() {
        assertThat(kernel("0", "0")).extracting(Finding::level).containsExactly(Level.WARNING, Level.OK);
        assertThat(kernel("1", "2")).extracting(Finding::level).containsExactly(Level.OK, Level.WARNING);
        assertThat(kernel("1", "1")).extracting(Finding::level).containsExactly(Level.OK, Level.OK);
    }

    @Test
    void aSettingThatCannotBeReadIsNoTrouble() {
        assertThat(KernelSettings.check(file -> Optional.empty()))
                .extracting(Finding::level)
                .containsOnly(Level.OK);
    }

    @Test
    void missingCapabilitiesAreNamed() {
        long netAdmin = 1L << 12;
        long perfmon = 1L << 38;
        long bpf = 1L << 39;

        Finding lacking = Privileges.check(new Capabilities(netAdmin | perfmon));

        assertThat(lacking.level()).isEqualTo(Level.ERROR);
        assertThat(lacking.sentence()).contains("CAP_BPF").doesNotContain("CAP_NET_ADMIN");
        assertThat(Privileges.check(new Capabilities(netAdmin | perfmon | bpf)).level())
                .isEqualTo(Level.OK);
    }

    @Test
    void aPlaceOutsideABpfFileSystemIsRefused() {
        Finding finding = PinPlace.check(Optional.of(Path.of("/tmp/not/there/mako")));

        assertThat(finding.level()).isEqualTo(Level.ERROR);
        assertThat(finding.sentence()).contains("/tmp/not/there/mako");
    }

    @Test
    void aLibraryThatIsNotThereIsNamedInOneSentence() {
        Finding finding = Library.check("/nowhere/libbpf.so.1");

        assertThat(finding.level()).isEqualTo(Level.ERROR);
        assertThat(finding.sentence()).contains("/nowhere/libbpf.so.1").hasSizeLessThan(400);
    }

    @Test
    void anInterfaceMustBeNamed() {
        assertThat(Interfaces.check(List.of(), List.of(), Set.of()))
                .singleElement()
                .extracting(Finding::level)
                .isEqualTo(Level.ERROR);
    }

    @Test
    void aMissingInterfaceIsAnErrorThatNamesThoseThatAreThere() {
        List<Finding> findings =
                Interfaces.check(List.of("eth7"), List.of(link("lo", true), link("eth0", true)), Set.of());

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.level()).isEqualTo(Level.ERROR);
            assertThat(finding.sentence()).contains("eth0, lo");
        });
    }

    @Test
    void anInterfaceThatIsUpAndHasAGatewayIsInOrder() {
        assertThat(Interfaces.check(List.of("eth0"), List.of(link("eth0", true)), Set.of("eth0")))
                .extracting(Finding::level)
                .containsExactly(Level.OK, Level.OK);
    }

    @Test
    void noCarrierAndNoGatewayAreWarnings() {
        assertThat(Interfaces.check(List.of("eth0"), List.of(link("eth0", false)), Set.of()))
                .extracting(Finding::level)
                .containsExactly(Level.WARNING, Level.WARNING);
    }

    @Test
    void findingsStandInColumnsWithTheRemedyBelow() {
        assertThat(FindingTable.lines(List.of(
                        Finding.ok("libbpf", "v1.1."), Finding.error("eth7", "It is not there.", "Name another."))))
                .containsExactly(
                        "ok       libbpf  v1.1.",
                        "error    eth7    It is not there.",
                        "                 -> Name another.");
    }

    private static List<Finding> kernel(String jit, String hardening) {
        Map<Path, String> files = Map.of(KernelSettings.JIT, jit, KernelSettings.HARDENING, hardening);
        return KernelSettings.check(file -> Optional.ofNullable(files.get(file)));
    }

    private static NetworkLink link(String name, boolean carrier) {
        return new NetworkLink(
                2, name, Optional.empty(), Optional.empty(), 1500, 1, true, carrier, false, "", Optional.empty());
    }
}

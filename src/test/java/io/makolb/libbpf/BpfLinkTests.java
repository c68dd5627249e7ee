package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateBpfFs;
import io.makolb.sandbox.PrivateNetwork;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BpfTest
class BpfLinkTests {

    private PrivateBpfFs bpffs;
    private PrivateNetwork network;
    private BpfObject object;
    private BpfProgram observe;
    private BpfProgram shorten;
    private int index;

    @BeforeEach
    void build() throws Exception {
        bpffs = PrivateBpfFs.mount();
        network = PrivateNetwork.create();
        network.addVeth("one", "other");
        index = network.indexOf("one");
        object = TestObjects.loadedBinding();
        observe = object.program("observe");
        shorten = object.program("shorten");
    }

    @AfterEach
    void tearDown() {
        shorten.close();
        observe.close();
        object.close();
        network.close();
        bpffs.close();
    }

    @Test
    void anAttachedProgramIsOnTheInterface() throws Exception {
        try (BpfLink link = attach(observe, XdpMode.NATIVE)) {
            BpfLinkInfo info = link.info();
            assertThat(info.id()).isPositive();
            assertThat(info.programId()).isEqualTo(observe.info().id());
            assertThat(info.interfaceIndex()).isEqualTo(index);
            assertThat(info.isSevered()).isFalse();
            assertThat(network.ip("link", "show", "dev", "one"))
                    .contains("prog/xdp id " + observe.info().id());
        }
        assertThat(network.ip("link", "show", "dev", "one")).doesNotContain("xdp");
    }

    @Test
    void theGenericModeIsTheKernelsOwn() throws Exception {
        try (BpfLink link = attach(observe, XdpMode.GENERIC)) {
            assertThat(link.info().interfaceIndex()).isEqualTo(index);
            assertThat(network.ip("link", "show", "dev", "one")).contains("xdpgeneric");
        }
    }

    @Test
    void updateReplacesTheProgram() throws Exception {
        try (BpfLink link = attach(observe, XdpMode.NATIVE)) {
            link.update(shorten);
            assertThat(link.info().programId()).isEqualTo(shorten.info().id());
        }
    }

    @Test
    void aPinnedLinkOutlivesItsHandle() throws Exception {
        Path pin = bpffs.pin("link");
        int id;
        try (BpfLink link = attach(observe, XdpMode.NATIVE)) {
            link.pin(pin);
            id = link.info().id();
        }
        try (BpfLink link = BpfLink.openPinned(pin)) {
            assertThat(link.info().id()).isEqualTo(id);
            link.update(shorten);
            assertThat(network.ip("link", "show", "dev", "one"))
                    .contains("prog/xdp id " + shorten.info().id());
        }
    }

    @Test
    void detachTakesTheProgramOffDespiteThePin() throws Exception {
        try (BpfLink link = attach(observe, XdpMode.NATIVE)) {
            link.pin(bpffs.pin("link"));
            link.detach();
            assertThat(network.ip("link", "show", "dev", "one")).doesNotContain("xdp");
            assertThat(link.info().isSevered()).isTrue();
        }
    }

    @Test
    void anOccupiedInterfaceIsRefusedWithTheRemedy() throws Exception {
        try (BpfLink link = attach(observe, XdpMode.NATIVE)) {
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> attach(shorten, XdpMode.NATIVE))
                    .withMessageContainingAll(
                            "Cannot attach the program shorten to interface " + index,
                            "busy (EBUSY)",
                            "Another XDP program is attached there")
                    .satisfies(e -> assertThat(e.isBusy()).isTrue());
            assertThat(link.info().programId()).isEqualTo(observe.info().id());
        }
    }

    @Test
    void aMissingInterfaceIsRefused() {
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> network.call(() -> BpfLink.attachXdp(observe, 9999, XdpMode.NATIVE)))
                .withMessageContainingAll("interface 9999", "(ENODEV)", "no such interface in this network namespace")
                .satisfies(e -> assertThat(e.isNoDevice()).isTrue());
    }

    @Test
    void anUnfitProgramIsNotTakenForAMissingInterface() {
        try (BpfProgram redirected = object.program("redirected")) {
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> attach(redirected, XdpMode.NATIVE))
                    .withMessageContainingAll("program redirected", "(EINVAL)")
                    .satisfies(e -> assertThat(e.isInvalid()).isTrue());
        }
    }

    @Test
    void aDriverWithoutNativeXdpIsRefusedWithTheRemedy() throws Exception {
        int loopback = network.indexOf("lo");
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> network.call(() -> BpfLink.attachXdp(observe, loopback, XdpMode.NATIVE)))
                .withMessageContaining("use the generic mode")
                .satisfies(e -> assertThat(e.isNotSupported()).isTrue());
    }

    @Test
    void aDeletedInterfaceSeversTheLink() throws Exception {
        try (BpfLink link = attach(observe, XdpMode.NATIVE)) {
            link.pin(bpffs.pin("link"));
            network.ip("link", "del", "one");
            assertThat(link.info().interfaceIndex()).isZero();
            assertThat(link.info().isSevered()).isTrue();
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> link.update(shorten))
                    .withMessageContainingAll("severed (ENOLINK)", "create a new link")
                    .satisfies(e -> assertThat(e.isNoLink()).isTrue());
        }
    }

    private BpfLink attach(BpfProgram program, XdpMode mode) throws Exception {
        return network.call(() -> BpfLink.attachXdp(program, index, mode));
    }
}

package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.Commands;
import io.makolb.sandbox.PrivateBpfFs;
import io.makolb.sandbox.PrivateNetwork;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ways of attaching to what leaves an interface. */
@BpfTest
class EgressTests {

    private PrivateBpfFs bpffs;
    private PrivateNetwork network;
    private BpfObject object;
    private BpfProgram note;
    private BpfProgram idle;
    private int index;

    @BeforeEach
    void build() throws Exception {
        bpffs = PrivateBpfFs.mount();
        network = PrivateNetwork.create();
        network.addVeth("one", "other");
        network.ip("addr", "add", "192.0.2.1/24", "dev", "one");
        network.ip("neigh", "add", "192.0.2.2", "lladdr", "02:00:00:00:00:02", "dev", "one", "nud", "permanent");
        index = network.indexOf("one");
        object = BpfObject.open("egress", TestObjects.image("egress"));
        object.load();
        note = object.program("note");
        idle = object.program("idle");
    }

    @AfterEach
    void tearDown() {
        idle.close();
        note.close();
        object.close();
        network.close();
        bpffs.close();
    }

    @Test
    void anAttachedClassifierSeesWhatLeaves() throws Exception {
        try (BpfLink link = attach(note)) {
            assertThat(link.info().interfaceIndex()).isEqualTo(index);
            assertThat(link.info().programId()).isEqualTo(note.info().id());

            assertThat(leavesUnseen()).isFalse();
        }
        assertThat(leavesUnseen()).isTrue();
    }

    @Test
    void aPinnedLinkOutlivesItsHandleAndTakesAnotherProgram() throws Exception {
        Path pin = bpffs.pin("egress");
        try (BpfLink link = attach(idle)) {
            link.pin(pin);
        }
        assertThat(leavesUnseen()).isTrue();
        try (BpfLink link = BpfLink.openPinned(pin)) {
            link.update(note);
        }
        assertThat(leavesUnseen()).isFalse();
    }

    @Test
    void aDeletedInterfaceSeversTheLink() throws Exception {
        try (BpfLink link = attach(note)) {
            network.ip("link", "del", "one");

            assertThat(link.info().isSevered()).isTrue();
        }
    }

    @Test
    void aLinkNeedsAnInterface() {
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> network.call(() -> BpfLink.attachEgress(note, 9999)))
                .withMessageContainingAll("what leaves interface 9999", "(ENODEV)");
    }

    @Test
    void aFilterStaysWithoutAnyHandle() throws Exception {
        TcFilter filter = TcFilter.egress(index);
        assertThat(network.call(filter::programId)).isEmpty();

        attachTo(filter, note);

        assertThat(network.call(filter::programId)).hasValue(note.info().id());
        assertThat(leavesUnseen()).isFalse();
    }

    @Test
    void aFilterIsReplacedAndTakenAway() throws Exception {
        TcFilter filter = TcFilter.egress(index);
        attachTo(filter, idle);
        assertThat(leavesUnseen()).isTrue();

        attachTo(filter, note);
        assertThat(network.call(filter::programId)).hasValue(note.info().id());
        assertThat(leavesUnseen()).isFalse();

        detachFrom(filter);
        detachFrom(filter);
        assertThat(network.call(filter::programId)).isEmpty();
        assertThat(leavesUnseen()).isTrue();
    }

    @Test
    void otherFiltersAreNoneOfOurs() throws Exception {
        TcFilter filter = TcFilter.egress(index);
        network.call(() -> Commands.run("tc", "-n", network.name(), "qdisc", "add", "dev", "one", "clsact"));

        assertThat(network.call(filter::programId)).isEmpty();
        attachTo(filter, note);
        assertThat(network.call(filter::programId)).isPresent();
    }

    @Test
    void aFilterNeedsAnInterface() throws Exception {
        TcFilter filter = TcFilter.egress(9999);

        assertThat(network.call(filter::programId)).isEmpty();
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> attachTo(filter, note))
                .withMessageContainingAll("what leaves interface 9999", "(ENODEV)");
    }

    private BpfLink attach(BpfProgram program) throws Exception {
        return network.call(() -> BpfLink.attachEgress(program, index));
    }

    private void attachTo(TcFilter filter, BpfProgram program) throws Exception {
        network.call(() -> {
            filter.attach(program);
            return filter;
        });
    }

    private void detachFrom(TcFilter filter) throws Exception {
        network.call(() -> {
            filter.detach();
            return filter;
        });
    }

    /** Whether a packet can leave without the program noting it. */
    private boolean leavesUnseen() throws Exception {
        try (BpfMap notes = object.map("notes")) {
            int before = packets(notes);
            network.call(() -> {
                try (DatagramSocket socket = new DatagramSocket()) {
                    socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName("192.0.2.2"), 9));
                }
                return before;
            });
            return packets(notes) == before;
        }
    }

    private static int packets(BpfMap notes) {
        ByteBuffer value = ByteBuffer.allocate(notes.valueBytes()).order(ByteOrder.nativeOrder());
        notes.lookup(0, value);
        return value.getInt(0);
    }
}

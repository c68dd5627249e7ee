package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.BetterOnPurpose;
import io.makolb.frames.IcmpMessage;
import io.makolb.frames.Packets;
import io.makolb.frames.RandomFrames;
import io.makolb.frames.TcpSegment;
import io.makolb.frames.UdpDatagram;
import io.makolb.model.Address;
import io.makolb.plane.ModelledPlane.Answers;
import io.makolb.plane.ModelledPlane.VipPair;
import io.makolb.reference.Bytes;
import io.makolb.reference.Ip;
import io.makolb.reference.Verdict;
import io.makolb.reference.VlanTag;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames with a VLAN tag, when {@code mako.forwarding.vlan} is on and when it is not. */
@BpfTest
class VlanTests {

    private static final int FRAMES = 50_000;
    private static final int VLAN_42 = 42;
    private static final int PRIORITY_7_OF_NO_VLAN = 0xE000;
    private static final int EVERY_BIT = 0xFFFF;
    private static final int TAG_OFFSET = 12;
    private static final int SERVICE_TAG = 0x88A8;
    private static final Ip CLIENT = Ip.of("192.168.1.1");
    private static final Ip CLIENT_V6 = Ip.of("fc00:2::1");
    private static final Ip VIP = Ip.of("10.200.1.1");
    private static final Ip VIP_V6 = Ip.of("fc00:1::1");

    private TestMachine machine;

    @BeforeEach
    void createMachine() throws Exception {
        machine = new TestMachine();
        PinnedThread.to(0);
    }

    @AfterEach
    void removeMachine() {
        machine.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPIP", "GUE"})
    void generatedFramesWithAndWithoutTags(String encapsulation) {
        long seed = Long.getLong("mako.test.seed", System.nanoTime());
        System.out.println("VlanTests: -Dmako.test.seed=" + seed);
        Random random = new Random(seed);
        try (ModelledPlane both = open(true, encapsulation)) {
            RandomFrames frames = new RandomFrames(seed, both.services());
            for (int number = 0; number < FRAMES; number++) {
                byte[] frame = frames.next();
                for (int tags = random.nextInt(8) == 0 ? 2 : random.nextInt(2); tags > 0; tags--) {
                    frame = VlanTag.insert(frame, VlanTag.of(random.nextInt(0x10000)));
                }
                assertAgreement(both, random.nextInt(20) == 0 ? cut(frame, random) : frame, number + " of " + seed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {VLAN_42, PRIORITY_7_OF_NO_VLAN, EVERY_BIT})
    @BetterOnPurpose("a frame with a VLAN tag is left to the host")
    void theTagStaysAsItIsOnWhatIsForwarded(int control) {
        try (ModelledPlane both = open(true, "IPIP")) {
            byte[] tagged = VlanTag.insert(syn(), VlanTag.of(control));

            byte[] sent = assertVerdict(both, tagged, Verdict.TX);

            assertThat(Arrays.copyOfRange(sent, TAG_OFFSET, TAG_OFFSET + 6))
                    .containsExactly(Bytes.join(VlanTag.of(control), Bytes.word(Packets.IPV4)));
            assertThat(sent).hasSize(tagged.length + 20);
        }
    }

    @Test
    void pingsAreAnsweredInTheirVlan() {
        try (ModelledPlane both = open(true, "IPIP")) {
            for (boolean v6 : new boolean[] {false, true}) {
                byte[] ping = Packets.frame(
                        v6 ? CLIENT_V6 : CLIENT, v6 ? VIP_V6 : VIP, IcmpMessage.echoRequest(v6, 1, new byte[8]));

                byte[] sent = assertVerdict(both, VlanTag.insert(ping, VlanTag.of(VLAN_42)), Verdict.TX);

                assertThat(Arrays.copyOf(sent, TAG_OFFSET + 4))
                        .containsExactly(Bytes.join(Packets.SENDER, Packets.RECEIVER, VlanTag.of(VLAN_42)));
            }
        }
    }

    /** IEEE 802.3 does not count the tag into what a link carries, so the limit of a frame's length does not either. */
    @Test
    void theTagDoesNotCountIntoTheLimitOfAFrame() {
        try (ModelledPlane both = open(true, "IPIP")) {
            byte[] longest = VlanTag.insert(udp(1500 - 28), VlanTag.of(VLAN_42));
            byte[] longer = VlanTag.insert(udp(1501 - 28), VlanTag.of(VLAN_42));

            assertThat(assertVerdict(both, longest, Verdict.TX)).hasSize(1518 + 40);
            byte[] told = assertVerdict(both, longer, Verdict.TX);
            assertThat(Arrays.copyOf(told, TAG_OFFSET + 4))
                    .containsExactly(Bytes.join(Packets.SENDER, Packets.RECEIVER, VlanTag.of(VLAN_42)));
        }
    }

    @Test
    void twoTagsAndServiceTagsAreLeftToTheHost() {
        try (ModelledPlane both = open(true, "IPIP")) {
            byte[] once = VlanTag.insert(syn(), VlanTag.of(VLAN_42));
            byte[] service = once.clone();
            Bytes.put16(service, TAG_OFFSET, SERVICE_TAG);

            assertVerdict(both, VlanTag.insert(once, VlanTag.of(1)), Verdict.PASS);
            assertVerdict(both, service, Verdict.PASS);
        }
    }

    @Test
    void aTruncatedTagIsAnIncompleteHeader() {
        try (ModelledPlane both = open(true, "IPIP")) {
            byte[] tagged = VlanTag.insert(syn(), VlanTag.of(VLAN_42));

            for (int length = 14; length < 18; length++) {
                assertVerdict(both, Arrays.copyOf(tagged, length), Verdict.DROP);
            }
        }
    }

    @Test
    @BetterOnPurpose("features are compile-time options")
    void withoutTheFeatureTaggedFramesAreLeftToTheHost() {
        try (ModelledPlane both = open(false, "IPIP")) {
            byte[] tagged = VlanTag.insert(syn(), VlanTag.of(VLAN_42));

            assertVerdict(both, syn(), Verdict.TX);
            assertVerdict(both, tagged, Verdict.PASS);
            assertVerdict(both, Arrays.copyOf(tagged, 15), Verdict.PASS);
        }
    }

    private ModelledPlane open(boolean vlan, String encapsulation) {
        Map<Address, Integer> reals = Map.of(Address.parse("10.0.0.1"), 1, Address.parse("10.0.0.2"), 2);
        Map<Address, Integer> ipv6Reals = Map.of(Address.parse("fc00::1"), 1, Address.parse("fc00::2"), 1);
        return new ModelledPlane(
                machine,
                List.of(
                        VipPair.of("10.200.1.1-80-tcp", reals),
                        VipPair.of("10.200.1.1-80-udp", ipv6Reals),
                        VipPair.of("fc00:1::1-80-tcp", ipv6Reals),
                        VipPair.of("fc00:1::1-0-udp", ipv6Reals)),
                true,
                TestProperties.unlimited(
                        "vlan",
                        vlan,
                        "encapsulation",
                        encapsulation,
                        "encap-source-v4",
                        "10.0.13.37",
                        "encap-source-v6",
                        "fc00:2307::1337"),
                "auto",
                ModelledPlane.ROOM_FOR_ALL);
    }

    private static byte[] syn() {
        return Packets.frame(CLIENT, VIP, new TcpSegment(31337, 80, TcpSegment.SYN, new byte[0]));
    }

    private static byte[] udp(int payload) {
        return Packets.frame(CLIENT, VIP, new UdpDatagram(31337, 80, new byte[payload]));
    }

    private static byte[] cut(byte[] frame, Random random) {
        return Arrays.copyOf(frame, 14 + random.nextInt(frame.length - 13));
    }

    private static byte[] assertVerdict(ModelledPlane both, byte[] frame, Verdict verdict) {
        Answers answers = assertAgreement(both, frame, "");
        assertThat(answers.actual().verdict()).isEqualTo(verdict.xdpAction());
        return answers.actual().frame();
    }

    private static Answers assertAgreement(ModelledPlane both, byte[] frame, String which) {
        Answers answers = both.run(frame);
        assertThat(answers.actual().verdict())
                .as("frame %s: %s", which, answers.expected().reason())
                .isEqualTo(answers.expected().verdict().xdpAction());
        assertThat(answers.actual().frame())
                .as("frame %s: %s", which, answers.expected().reason())
                .isEqualTo(answers.expected().frame());
        return answers;
    }
}

package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Parsing of bytes as little-endian kernels write them. */
class NetlinkMessageTests {

    @Test
    void aReadCanHoldSeveralMessages() {
        // 17 bytes, padded to 20, then an end of list
        List<NetlinkMessage> messages = NetlinkMessage.parse(bytes(
                "11000000 1000 0200 07000000 00000000 aa 000000" + "14000000 0300 1200 07000000 00000000 00000000"));
        assertThat(messages).hasSize(2);
        assertThat(messages.get(0).type()).isEqualTo(NetlinkType.NEW_LINK);
        assertThat(messages.get(0).sequence()).isEqualTo(7);
        assertThat(messages.get(0).payload().remaining()).isEqualTo(1);
        assertThat(messages.get(0).interrupted()).isFalse();
        assertThat(messages.get(1).type()).isEqualTo(NetlinkMessage.DONE);
        assertThat(messages.get(1).interrupted()).isTrue();
        assertThat(messages.get(1).errno()).isZero();
    }

    @Test
    void aMessageLongerThanWhatWasReadIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetlinkMessage.parse(bytes("18000000 1000 0200 07000000 00000000 00000000")))
                .withMessageContainingAll("24 bytes", "20 are left");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetlinkMessage.parse(bytes("00000000 1000 0200 07000000 00000000")));
    }

    @Test
    void anAttributeLongerThanItsMessageIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetlinkAttributes.parse(bytes("0900 0300 65746830")))
                .withMessageContainingAll("9 bytes", "8 are left");
    }

    @Test
    void aPayloadShorterThanItsHeaderIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> NetworkLink.parse(bytes("00000000 02000000")));
    }

    @Test
    void anErrorCarriesTheWordsOfTheKernel() {
        // -EINVAL, the capped header of the request, then the message as an attribute
        NetlinkMessage error = NetlinkMessage.parse(bytes("3c000000 0200 0003 01000000 00000000"
                        + "eaffffff" + "1c000000 1c00 0504 01000000 00000000"
                        + "1600 0100 496e76616c69642061646472657373210000" + "0000"))
                .get(0);
        assertThat(error.errno()).isEqualTo(22);
        assertThat(error.explanation()).isEqualTo("Invalid address!");
    }

    @Test
    void anErrorWithoutWordsHasNone() {
        NetlinkMessage error = NetlinkMessage.parse(
                        bytes("24000000 0200 0001 01000000 00000000 edffffff 1c000000 1c00 0504 01000000 00000000"))
                .get(0);
        assertThat(error.errno()).isEqualTo(19);
        assertThat(error.explanation()).isEmpty();
    }

    @Test
    void aLinkWithAProgramIsRead() {
        NetworkLink link = NetworkLink.parse(bytes("0000 0100 07000000 43100100 00000000"
                + "0900 0300 6574683000 000000"
                + "0800 0400 dc050000"
                + "0a00 0100 020000000001 0000"
                + "0a00 3600 a0369f000002 0000"
                + "1400 2b80 0500 0200 01 000000 0800 0400 39300000"));
        assertThat(link.index()).isEqualTo(7);
        assertThat(link.name()).isEqualTo("eth0");
        assertThat(link.mtu()).isEqualTo(1500);
        assertThat(link.address()).contains(new EthernetAddress(0x020000000001L));
        assertThat(link.permanentAddress()).contains(new EthernetAddress(0xa0369f000002L));
        assertThat(link.administrativelyUp()).isTrue();
        assertThat(link.carrier()).isTrue();
        assertThat(link.kind()).isEmpty();
        assertThat(link.xdp()).contains(new NetworkLink.AttachedXdp(NetworkLink.AttachedXdp.Mode.NATIVE, 12345));
    }

    @Test
    void aLinkWithoutEthernetAddressHasNone() {
        NetworkLink link = NetworkLink.parse(bytes("0000 1803 03000000 91000000 00000000 0800 0100 0a4d0102"));
        assertThat(link.address()).isEmpty();
        assertThat(link.xdp()).isEmpty();
    }

    @Test
    void routesThatDeliverLocallyOrRefuseLeadNowhere() {
        assertThat(Route.parse(bytes("02 20 00 00 ff 02 fe 02 00000000"))).isEmpty();
        assertThat(Route.parse(bytes("02 20 00 00 fe 03 00 07 00000000"))).isEmpty();
    }

    @Test
    void aDefaultRouteIsRead() throws Exception {
        Route route = Route.parse(bytes("02 00 00 00 fe 03 00 01 00000000" + "0800 0f00 fe000000" + "0800 0600 64000000"
                        + "0800 0500 0a4d0101" + "0800 0400 02000000"))
                .orElseThrow();
        assertThat(route.isDefault()).isTrue();
        assertThat(route.metric()).isEqualTo(100);
        assertThat(route.table()).isEqualTo(254);
        assertThat(route.hops()).containsExactly(new Route.Hop(2, Optional.of(InetAddress.getByName("10.77.1.1"))));
    }

    @Test
    void theDefaultRouteWithTheSmallestMetricIsPreferred() {
        Route high = defaultRoute(254, 200);
        Route low = defaultRoute(254, 100);
        Route elsewhere = defaultRoute(100, 1);
        assertThat(Netlink.defaultsOf(List.of(high, elsewhere, low))).containsExactly(low, high);
    }

    @Test
    void entriesOfBridgesAreNoNeighbours() {
        assertThat(Neighbour.parse(bytes("07 00 0000 02000000 8000 02 00 0a00 0200 020000000001 0000")))
                .isEmpty();
    }

    @Test
    void anUnresolvedNeighbourHasNoAddress() throws Exception {
        Neighbour neighbour = Neighbour.parse(bytes("02 00 0000 02000000 0100 00 01 0800 0100 0a4d0101"))
                .orElseThrow();
        assertThat(neighbour.address()).isEqualTo(InetAddress.getByName("10.77.1.1"));
        assertThat(neighbour.state()).isEqualTo(Neighbour.State.INCOMPLETE);
        assertThat(neighbour.state().isResolved()).isFalse();
        assertThat(neighbour.ethernet()).isEmpty();
    }

    @Test
    void ofAPointToPointLinkTheOwnAddressCounts() throws Exception {
        AssignedAddress address = AssignedAddress.parse(
                        bytes("02 20 80 00 05000000 0800 0100 0a000002 0800 0200 0a000001"))
                .orElseThrow();
        assertThat(address.address()).isEqualTo(InetAddress.getByName("10.0.0.1"));
        assertThat(address.permanent()).isTrue();
    }

    @Test
    void anAddressBeingCheckedForDuplicatesIsNotUsable() {
        assertThat(AssignedAddress.parse(bytes(
                        "0a 40 c0 00 05000000" + "1400 0100 fd770000000000000000000000000002" + "0800 0800 c0020000")))
                .hasValueSatisfying(address -> assertThat(address.usable()).isFalse());
    }

    @Test
    void mappedAddressesStayIpv6() {
        assertThat(AssignedAddress.parse(bytes("0a 60 80 00 05000000 1400 0100 00000000000000000000ffff0a000001")))
                .hasValueSatisfying(
                        address -> assertThat(address.address().getAddress()).hasSize(16));
    }

    @Test
    void messagesOfOtherTypesAreNoEvents() {
        assertThat(NetlinkEvent.parse(new NetlinkMessage(NetlinkMessage.DONE, 0, 0, bytes("00000000"))))
                .isEmpty();
    }

    @Test
    void ethernetAddressesAreWrittenWithColons() {
        assertThat(new EthernetAddress(0x0a0b0c0d0e0fL)).hasToString("0a:0b:0c:0d:0e:0f");
        assertThatIllegalArgumentException().isThrownBy(() -> new EthernetAddress(1L << 48));
    }

    private static Route defaultRoute(int table, long metric) {
        return new Route(AddressFamily.IPV4, Optional.empty(), 0, table, metric, Optional.empty(), List.of());
    }

    private static ByteBuffer bytes(String hexadecimal) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hexadecimal.replace(" ", "")))
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}

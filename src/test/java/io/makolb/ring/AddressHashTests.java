package io.makolb.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.makolb.model.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressHashTests {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, d671359dbaa15954",
        "10.0.0.2, 2cd426d008b90279",
        "10.0.0.3, 6eb4a2989236785d",
        "192.168.200.130, 54749ee816a02706",
        "fc00::1, 64e74a25b986d744",
        "fc00::2, 87d247835b02295b",
        "fc00::3, 0b2e5ea98827f017",
        "2001:db8::1, b7af62f1ee061155"
    })
    void equalsTheHashOfFolly(String address, String expected) throws UnknownHostException {
        assertThat(AddressHash.of(bytes(address))).isEqualTo(Long.parseUnsignedLong(expected, 16));
        assertThat(AddressHash.of(Address.parse(address))).isEqualTo(Long.parseUnsignedLong(expected, 16));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1, d692f426", "10.0.0.2, d692f425", "10.0.0.3, d692f424", "192.168.200.130, fea1bad7"})
    void ipv4StartsWithTheSignExtendingFnv(String address, String expected) throws UnknownHostException {
        assertThat(AddressHash.fnv(bytes(address), 0)).isEqualTo(Integer.parseUnsignedInt(expected, 16));
    }

    @ParameterizedTest
    @CsvSource({"fc00::1, 0563a7577df4bd83, 0e65df2e93f8eb27", "fc00::2, 47e809cca67ab9a8, 650c27266b61cec4"})
    void ipv6StartsWithSpookyHash(String address, String first, String second) throws UnknownHostException {
        assertThat(SpookyHash.of(bytes(address)))
                .isEqualTo(new SpookyHash(Long.parseUnsignedLong(first, 16), Long.parseUnsignedLong(second, 16)));
    }

    @Test
    void anIpv4MappedAddressHashesAsTheIpv4AddressItCarries() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 192, (byte) 168, (byte) 200, (byte) 130};
        assertThat(AddressHash.of(mapped)).isEqualTo(0x54749ee816a02706L);
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressHash.of(new byte[5]))
                .withMessage("an address has 4 or 16 bytes, not 5");
    }

    private static byte[] bytes(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal).getAddress();
    }
}

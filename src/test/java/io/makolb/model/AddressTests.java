package io.makolb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTests {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1",
        "255.255.255.254, 255.255.255.254",
        "FC00:1::1, fc00:1::1",
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8::, 2001:db8::",
        "64:ff9b::10.0.0.1, 64:ff9b::a00:1",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8"
    })
    void everyFormIsReadAndTheCanonicalOneWritten(String text, String canonical) {
        Address address = Address.parse(text);

        assertThat(address).hasToString(canonical);
        assertThat(Address.parse(canonical)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource({
        "'', malformed-address",
        "10.0.0, malformed-address",
        "10.0.0.256, malformed-address",
        "10.0.0.1.2, malformed-address",
        "example.org, malformed-address",
        "1:2:3, malformed-address",
        "1:2:3:4:5:6:7:8:9, malformed-address",
        "1::2::3, malformed-address",
        "1:2:3:4:5:6:7:8::, malformed-address",
        "12345::1, malformed-address",
        ":1::2, malformed-address",
        "10.0.0.01, leading-zeros",
        "::ffff:10.0.0.1, ipv4-mapped",
        "fe80::1%eth0, zone-id",
        "0.0.0.0, unspecified",
        "'::', unspecified",
        "127.0.0.1, loopback",
        "::1, loopback",
        "224.0.0.1, multicast",
        "ff02::1, multicast",
        "169.254.1.1, link-local",
        "fe80::1, link-local",
        "255.255.255.255, broadcast"
    })
    void whatCannotBeVipOrRealIsRefusedByName(String text, String code) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> Address.parse(text));

        assertThat(refusal.reason()).isEqualTo(Reason.INVALID_VALUE);
        assertThat(refusal.violations()).extracting(Violation::code).containsExactly(code);
        assertThat(refusal.remedy()).isNotBlank();
    }

    @Test
    void leadingZerosAreAnsweredWithTheRightSpelling() {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> Address.parse("010.001.0.1"));

        assertThat(refusal.remedy()).contains("10.1.0.1");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheJdkOnRandomBytes(long seed) throws UnknownHostException {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : 0);
            }
            bytes[0] = 0x20;
            Address address = Address.ofBytes(bytes);

            assertThat(address.toBytes()).isEqualTo(bytes);
            assertThat(Address.parse(address.toString())).isEqualTo(address);
            assertThat(InetAddress.getByName(address.toString()).getAddress()).isEqualTo(bytes);
        }
    }

    @Test
    void ordersIpv4BeforeIpv6AndByNumberWithoutSign() {
        assertThat(Address.parse("10.0.0.1")).isLessThan(Address.parse("192.168.0.1"));
        assertThat(Address.parse("192.168.0.1")).isLessThan(Address.parse("2::"));
        assertThat(Address.parse("2001::ffff:ffff:ffff:ffff")).isGreaterThan(Address.parse("2001::1"));
        assertThat(Address.parse("fc00::1")).isGreaterThan(Address.parse("2001::1"));
    }
}

package io.makolb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VipIdTests {

    @ParameterizedTest
    @CsvSource({
        "10.200.1.1-80-tcp, 10.200.1.1-80-tcp, true",
        "FC00:1:0::1-443-UDP, fc00:1::1-443-udp, true",
        "10.200.1.1-0-udp, 10.200.1.1-0-udp, true",
        "10.200.1.1_32-80-tcp, 10.200.1.1-80-tcp, true",
        "fc00:2::_96-443-udp, fc00:2::_96-443-udp, false",
        "10.0.0.0_8-53-udp, 10.0.0.0_8-53-udp, false",
        "10.0.0.2_31-53-udp, 10.0.0.2_31-53-udp, false",
        "128.0.0.0_1-53-udp, 128.0.0.0_1-53-udp, false",
        "fc00:0:0:1::_64-53-udp, fc00:0:0:1::_64-53-udp, false",
        "fc00::2_127-53-udp, fc00::2_127-53-udp, false"
    })
    void isReadAndWrittenCanonically(String text, String canonical, boolean host) {
        VipId id = VipId.parse(text);

        assertThat(id).hasToString(canonical);
        assertThat(id.isHost()).isEqualTo(host);
        assertThat(VipId.parse(canonical)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "10.200.1.1, MALFORMED_ID, ''",
        "10.200.1.1-80, MALFORMED_ID, ''",
        "10.200.1.1-80-sctp, MALFORMED_ID, ''",
        "10.200.1.1:80-tcp, MALFORMED_ID, ''",
        "10.200.1.1-70000-tcp, INVALID_VALUE, /port",
        "10.200.1.1_33-80-tcp, INVALID_VALUE, /prefixLength",
        "10.200.01.1-80-tcp, INVALID_VALUE, ''",
        "10.0.0.1_8-80-tcp, HOST_BITS, /address",
        "10.0.0.1_31-80-tcp, HOST_BITS, /address",
        "10.128.0.0_8-80-tcp, HOST_BITS, /address",
        "fc00::1_64-80-tcp, HOST_BITS, /address",
        "fc00::1_127-80-tcp, HOST_BITS, /address",
        "fc00:0:0:1::_63-80-tcp, HOST_BITS, /address"
    })
    void isRefusedWithTheOffendingPart(String text, Reason reason, String pointer) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> VipId.parse(text));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.violations()).allSatisfy(v -> assertThat(v.pointer()).isEqualTo(pointer));
        assertThat(refusal.remedy()).isNotBlank();
    }
}

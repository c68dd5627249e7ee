package io.makolb.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPredictsTests {

    private static final Map<String, Integer> RING_A = Map.of("10.0.0.1", 1, "10.0.0.2", 1, "10.0.0.3", 1);
    private static final Map<String, Integer> RING_B = Map.of("fc00::1", 1, "fc00::2", 1, "fc00::3", 1);

    @Test
    void theRealsOfTheWorkedExamples() {
        assertThat(ModelPredicts.forVip("10.200.1.1", 80, Service.TCP, ReferenceRing.MAGLEV, RING_A)
                        .realOf("192.168.1.1", 31337, 80))
                .contains(Ip.of("10.0.0.3"));
        assertThat(ModelPredicts.forVip("10.200.1.2", 0, Service.TCP, ReferenceRing.MAGLEV, RING_A)
                        .realOf("192.168.1.1", 31337, 42))
                .contains(Ip.of("10.0.0.2"));
        assertThat(ModelPredicts.forVip("10.200.1.4", 0, Service.TCP, ReferenceRing.MAGLEV, RING_A, Flag.DPORT_HASH)
                        .realOf("192.168.1.1", 31337, 42))
                .contains(Ip.of("10.0.0.2"));
        assertThat(ModelPredicts.forVip("10.200.1.6", 80, Service.TCP, ReferenceRing.MAGLEV, RING_A, Flag.NO_SPORT)
                        .realOf("192.168.1.1", 31337, 80))
                .contains(Ip.of("10.0.0.3"));
        assertThat(ModelPredicts.forVip("fc00:1::1", 80, Service.TCP, ReferenceRing.MAGLEV, RING_B)
                        .realOf("fc00:2::1", 31337, 80))
                .contains(Ip.of("fc00::3"));
    }

    @Test
    void sharesFollowTheVariant() {
        Map<String, Integer> weights = Map.of("10.0.0.1", 1, "10.0.0.2", 2, "10.0.0.3", 3, "10.0.0.4", 0);
        assertThat(ModelPredicts.forVip("10.200.1.1", 80, Service.TCP, ReferenceRing.MAGLEV, weights)
                        .slotsOf("10.0.0.3"))
                .isEqualTo(21847);
        ModelPredicts v2 = ModelPredicts.forVip("10.200.1.1", 80, Service.TCP, ReferenceRing.MAGLEV_V2, weights);
        assertThat(v2.slotsOf("10.0.0.3")).isEqualTo(32769);
        assertThat(v2.slotsOf("10.0.0.4")).isZero();
    }

    @Test
    void withoutRealsThereIsNothingToPredict() {
        assertThat(ModelPredicts.forVip("10.200.1.1", 80, Service.TCP, ReferenceRing.MAGLEV, Map.of())
                        .realOf("192.168.1.1", 1, 80))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, d671359dbaa15954",
        "192.168.200.130, 54749ee816a02706",
        "fc00::1, 64e74a25b986d744",
        "2001:db8::1, b7af62f1ee061155"
    })
    void theModelHashesAddressesItself(String address, String hash) {
        assertThat(NaiveAddressHash.of(Ip.of(address))).isEqualTo(Long.parseUnsignedLong(hash, 16));
    }
}

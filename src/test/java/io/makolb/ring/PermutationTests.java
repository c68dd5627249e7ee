package io.makolb.ring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermutationTests {

    private static final long HASH_OF_10_0_0_1 = 0xd671359dbaa15954L;

    @Test
    void murmurEqualsItsPublishedValues() {
        assertThat(Murmur3.first64(0x123456789ABCDEF0L, 42, 0)).isEqualTo(0xf0501c6ca6070d2eL);
        assertThat(Murmur3.first64(0, 0, 0)).isEqualTo(0x4bbd1bf27da918d6L);
        assertThat(Murmur3.first64(HASH_OF_10_0_0_1, 42, 0)).isEqualTo(0x7e0fc224ee1bbbe7L);
        assertThat(Murmur3.first64(HASH_OF_10_0_0_1, 2718281828L, 2307)).isEqualTo(0x3e1f071290cb4773L);
    }

    @ParameterizedTest
    @CsvSource({
        "2cd426d008b90279, 65537, 42248, 16076",
        "6eb4a2989236785d, 65537, 65365, 24158",
        "d671359dbaa15954, 65537, 4577, 18292",
        "2cd426d008b90279, 11, 4, 2",
        "6eb4a2989236785d, 11, 1, 8",
        "d671359dbaa15954, 11, 2, 2",
        "2cd426d008b90279, 7, 4, 2",
        "6eb4a2989236785d, 7, 2, 6",
        "d671359dbaa15954, 7, 5, 4",
        "0b2e5ea98827f017, 65537, 61702, 64040",
        "64e74a25b986d744, 65537, 7827, 60497",
        "87d247835b02295b, 65537, 12132, 1761"
    })
    void offsetAndSkipComeFromTheHash(String hash, int ringSize, int offset, int skip) {
        long value = Long.parseUnsignedLong(hash, 16);
        assertThat(SlotWalk.offset(value, ringSize)).isEqualTo(offset);
        assertThat(SlotWalk.skip(value, ringSize)).isEqualTo(skip);
    }
}

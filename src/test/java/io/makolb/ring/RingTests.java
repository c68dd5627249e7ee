package io.makolb.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RingTests {

    private final Ring ring = Ring.of(new char[] {1, 0x203, 1, 0, 0xFFFF});

    @Test
    void countsTheSharesOfItsReals() {
        assertThat(ring.shares()).containsExactly(Map.entry(1, 2), Map.entry(0x203, 1), Map.entry(0xFFFF, 1));
        assertThat(ring.share(1)).isEqualTo(2);
        assertThat(ring.share(7)).isZero();
    }

    @Test
    void ringsAreEqualByTheirSlots() {
        assertThat(Ring.of(ring.slots())).isEqualTo(ring).hasSameHashCodeAs(ring);
        assertThat(Ring.of(new char[] {1, 0x203, 1, 0})).isNotEqualTo(ring);
    }

    @Test
    void theDigestIsThatOfTheLittleEndianSlots() {
        // printf '\x01\x00\x03\x02\x01\x00\x00\x00\xff\xff' | sha256sum
        assertThat(ring.digest()).isEqualTo("398db590c3f2a6b9b6689e1af82e29a024902543e299d640b079f5ed24f39e86");
    }

    @Test
    void writesItsSlotsFromTheBuffersPositionOn() {
        ByteBuffer buffer =
                ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN).position(2);
        ring.writeTo(buffer);
        assertThat(buffer.position()).isEqualTo(12);
        assertThat(buffer.array()).containsExactly(0, 0, 1, 0, 3, 2, 1, 0, 0, 0, 0xFF, 0xFF, 0);
        assertThatExceptionOfType(BufferOverflowException.class).isThrownBy(() -> ring.writeTo(buffer));
    }

    @Test
    void laterChangesOfAnArrayDoNotReachTheRing() {
        char[] slots = {1, 2};
        Ring copied = Ring.of(slots);
        slots[0] = 9;
        copied.slots()[1] = 9;
        assertThat(copied.real(0)).isEqualTo(1);
        assertThat(copied.real(1)).isEqualTo(2);
    }

    @Test
    void comparesOnlyRingsOfOneSize() {
        assertThat(ring.slotsChangedFrom(Ring.of(new char[] {1, 2, 3, 0, 0xFFFF})))
                .isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> ring.slotsChangedFrom(Ring.of(new char[7])));
    }
}

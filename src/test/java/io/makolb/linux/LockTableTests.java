package io.makolb.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LockTableTests {

    private static final List<String> LINES = List.of(
            "1: POSIX  ADVISORY  READ  1203 08:02:131118 128 128",
            "2: FLOCK  ADVISORY  WRITE 4711 00:2d:42 0 EOF",
            "2: -> FLOCK  ADVISORY  WRITE 4712 00:2d:42 0 EOF",
            "3: FLOCK  ADVISORY  WRITE 815 103:02:42 0 EOF",
            "4: POSIX  ADVISORY  WRITE 816 00:2d:43 0 EOF",
            "5: FLOCK  ADVISORY  WRITE 0 00:2d:44 0 EOF");

    @Test
    void theHolderIsFoundByDeviceAndInode() {
        assertThat(LockTable.holder(LINES, 0x2d, 42)).hasValue(4711);
    }

    @Test
    void largeDeviceNumbersAreTakenApart() {
        assertThat(LockTable.holder(LINES, 0x103 << 8 | 2, 42)).hasValue(815);
    }

    @Test
    void locksOfOtherKindsAreNotTheOne() {
        assertThat(LockTable.holder(LINES, 0x2d, 43)).isEmpty();
    }

    @Test
    void aHolderOutsideTheNamespaceIsUnknown() {
        assertThat(LockTable.holder(LINES, 0x2d, 44)).isEmpty();
    }

    @Test
    void aFileNobodyLockedHasNoHolder() {
        assertThat(LockTable.holder(LINES, 0x2d, 45)).isEmpty();
    }
}

package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.makolb.sandbox.BpfTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

@BpfTest
class BpfMapMemoryTests {

    private static final byte[] FRAME = new byte[64];

    @Test
    void programAndProcessSeeEachOthersStores() {
        try (BpfObject object = TestObjects.loadedBinding();
                BpfMap words = object.map("words");
                BpfMapMemory memory = words.memory();
                BpfProgram observe = object.program("observe")) {
            memory.slice(0, 8).putLong(0, 4711);
            observe.testRun(FRAME);
            assertThat(memory.getLongAcquire(8L * TestObjects.WORD_TO_USER)).isEqualTo(4711);
            assertThat(TestObjects.readU64(words, TestObjects.WORD_FROM_USER)).isEqualTo(4711);
        }
    }

    @Test
    void elementsLieOneStrideApart() {
        try (BpfMap map = mapable("odd", 12, 5);
                BpfMapMemory memory = map.memory()) {
            assertThat(memory.stride()).isEqualTo(16);
            assertThat(memory.size()).isEqualTo(5 * 16);
            map.update(3, ByteBuffer.allocate(12).order(ByteOrder.nativeOrder()).putInt(8, 77));
            assertThat(memory.element(3).getInt(8)).isEqualTo(77);
        }
    }

    @Test
    void wordsAreReplacedOnlyWhenTheyAreWhatWasExpected() {
        try (BpfMap map = mapable("words", 8, 2);
                BpfMapMemory memory = map.memory()) {
            memory.setLongRelease(8, 5);
            assertThat(memory.compareAndSetLong(8, 4, 6)).isFalse();
            assertThat(memory.compareAndSetLong(8, 5, 6)).isTrue();
            memory.setIntRelease(0, -1);
            assertThat(memory.getIntAcquire(0)).isEqualTo(-1);
            assertThat(TestObjects.readU64(map, 1)).isEqualTo(6);
        }
    }

    @Test
    void memoryLargerThanABufferIsSeenThroughWindows() {
        int page = 4096;
        try (BpfMap map = mapable("windows", page, 3);
                BpfMapMemory memory = BpfMapMemory.map(map, 12)) {
            memory.setLongRelease(memory.size() - 8, 4711);
            memory.slice(2L * page - 4, 8).putLong(0, 0x0102030405060708L);
            assertThat(memory.element(2).getLong(page - 8)).isEqualTo(4711);
            assertThat(memory.getIntAcquire(2L * page)).isEqualTo(0x01020304);
            assertThat(memory.compareAndSetLong(page, 0, 1)).isTrue();
            assertThat(memory.element(1).getLong(0)).isEqualTo(1);
        }
    }

    @Test
    void oneElementIsMappedWhereverItLies() {
        int size = 131_080;
        try (BpfMap map = mapable("rings", size, 5);
                BpfMapMemory all = map.memory()) {
            for (int index = 0; index < 5; index++) {
                try (BpfMapMemory one = map.memory(index)) {
                    assertThat(one.size()).isEqualTo(size);
                    one.setLongRelease(0, 100 + index);
                    one.setLongRelease(size - 8L, 200 + index);
                    assertThatExceptionOfType(IndexOutOfBoundsException.class)
                            .isThrownBy(() -> one.setLongRelease(size, 1));
                }
            }
            for (int index = 0; index < 5; index++) {
                assertThat(all.element(index).getLong(0)).isEqualTo(100 + index);
                assertThat(all.element(index).getLong(size - 8)).isEqualTo(200 + index);
            }
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> map.memory(5));
        }
    }

    @Test
    void nothingOutsideTheMapIsTouched() {
        try (BpfMap map = mapable("small", 8, 2);
                BpfMapMemory memory = map.memory()) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.slice(9, 8))
                    .withMessageContainingAll("8 bytes at 9", "16 bytes of the map small");
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> memory.setIntRelease(-4, 1));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.slice(Long.MAX_VALUE, 1));
        }
    }

    @Test
    void unmappedMemoryIsRefusedInsteadOfEndingTheProcess() {
        try (BpfMap map = mapable("small", 8, 2)) {
            BpfMapMemory memory = map.memory();
            memory.close();
            memory.close();
            assertThatIllegalStateException().isThrownBy(() -> memory.setIntRelease(0, 1));
            assertThatIllegalStateException()
                    .isThrownBy(() -> memory.element(0))
                    .withMessageContaining("unmapped");
        }
    }

    @Test
    void memoryStaysMappedWhenTheHandleIsClosed() {
        BpfMap map = mapable("small", 8, 2);
        try (BpfMapMemory memory = map.memory()) {
            map.close();
            memory.setLongRelease(0, 1);
            assertThat(memory.getLongAcquire(0)).isEqualTo(1);
        }
    }

    @Test
    void mapsNotMadeForItAreRefused() {
        try (BpfMap map = BpfMap.create(BpfMapSpec.array("plain", 8, 2))) {
            assertThatIllegalStateException()
                    .isThrownBy(map::memory)
                    .withMessageContainingAll("map plain", "BPF_F_MMAPABLE");
        }
    }

    private static BpfMap mapable(String name, int valueSize, int entries) {
        return BpfMap.create(BpfMapSpec.array(name, valueSize, entries).withFlags(BpfMapFlags.MMAPABLE));
    }
}

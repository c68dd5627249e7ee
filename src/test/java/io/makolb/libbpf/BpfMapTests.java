package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.makolb.sandbox.BpfTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BpfTest
class BpfMapTests {

    private static final byte[] FRAME = new byte[64];

    private BpfObject object;

    @BeforeEach
    void load() {
        object = TestObjects.loadedBinding();
    }

    @AfterEach
    void close() {
        object.close();
    }

    @Test
    void infoDescribesTheMap() {
        try (BpfMap words = object.map("words")) {
            BpfMapInfo info = words.info();
            assertThat(info.type()).isEqualTo(BpfMapType.ARRAY);
            assertThat(info.name()).isEqualTo("words");
            assertThat(info.id()).isPositive();
            assertThat(info.keySize()).isEqualTo(4);
            assertThat(info.valueSize()).isEqualTo(8);
            assertThat(info.maxEntries()).isEqualTo(1024);
            assertThat(info.has(BpfMapFlags.MMAPABLE)).isTrue();
        }
    }

    @Test
    void whatIsUpdatedIsFoundUntilItIsDeleted() {
        try (BpfMap hash = object.map("by_length")) {
            ByteBuffer value = TestObjects.u64(0);
            assertThat(hash.lookup(TestObjects.u32(64), value)).isFalse();
            hash.update(TestObjects.u32(64), TestObjects.u64(4711));
            assertThat(hash.lookup(TestObjects.u32(64), value)).isTrue();
            assertThat(value.getLong(0)).isEqualTo(4711);
            assertThat(hash.delete(TestObjects.u32(64))).isTrue();
            assertThat(hash.delete(TestObjects.u32(64))).isFalse();
            assertThat(hash.lookup(TestObjects.u32(64), value)).isFalse();
        }
    }

    @Test
    void directAndReadOnlyBuffersAreTakenFromTheirPosition() {
        try (BpfMap hash = object.map("by_length")) {
            ByteBuffer key = ByteBuffer.allocateDirect(12)
                    .order(ByteOrder.nativeOrder())
                    .putInt(8, 64)
                    .position(8);
            hash.update(key, TestObjects.u64(4711).asReadOnlyBuffer());
            ByteBuffer value =
                    ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder()).position(8);
            assertThat(hash.lookup(key, value)).isTrue();
            assertThat(value.position()).isEqualTo(8);
            assertThat(value.getLong(8)).isEqualTo(4711);
            assertThat(value.getLong(0)).isZero();
        }
    }

    @Test
    void theProgramSeesWhatUserSpaceWrites() {
        try (BpfMap hash = object.map("by_length");
                BpfMap words = object.map("words");
                BpfProgram observe = object.program("observe")) {
            hash.update(TestObjects.u32(FRAME.length), TestObjects.u64(4711));
            observe.testRun(FRAME);
            assertThat(TestObjects.readU64(words, TestObjects.WORD_FROM_HASH)).isEqualTo(4711);
        }
    }

    @Test
    void creatingAnExistingKeyAndReplacingAMissingOneAreToldApart() {
        try (BpfMap hash = object.map("by_length")) {
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> hash.update(TestObjects.u32(1), TestObjects.u64(1), UpdateMode.REPLACE))
                    .satisfies(e -> assertThat(e.isNotFound()).isTrue());
            hash.update(TestObjects.u32(1), TestObjects.u64(1), UpdateMode.CREATE);
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> hash.update(TestObjects.u32(1), TestObjects.u64(1), UpdateMode.CREATE))
                    .satisfies(e -> assertThat(e.isExists()).isTrue())
                    .withMessage("Cannot update an element of the map by_length: File exists (EEXIST).");
        }
    }

    @Test
    void aFullMapIsToldFromOtherErrors() {
        try (BpfMap tiny = BpfMap.create(new BpfMapSpec(BpfMapType.HASH, "tiny", 4, 8, 1))) {
            tiny.update(TestObjects.u32(1), TestObjects.u64(1));
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> tiny.update(TestObjects.u32(2), TestObjects.u64(1)))
                    .satisfies(e -> assertThat(e.isNoSpace()).isTrue());
        }
    }

    @Test
    void buffersThatAreTooSmallNeverReachTheKernel() {
        try (BpfMap words = object.map("words")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> words.lookup(0, ByteBuffer.allocate(7)))
                    .withMessageContainingAll("value", "7 bytes", "8 are needed");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> words.update(ByteBuffer.allocate(3), TestObjects.u64(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> words.updateRange(0, ByteBuffer.allocate(15), 2));
        }
    }

    @Test
    void arraysAreWrittenAndReadInBulk() {
        try (BpfMap words = object.map("words")) {
            ByteBuffer values = ByteBuffer.allocateDirect(1000 * 8).order(ByteOrder.nativeOrder());
            for (int i = 0; i < 1000; i++) {
                values.putLong(i * 8, i * 3L);
            }
            words.updateRange(24, values, 1000);
            assertThat(TestObjects.readU64(words, 23)).isZero();
            assertThat(TestObjects.readU64(words, 24 + 999)).isEqualTo(999 * 3);

            BpfMapReader reader = words.reader(100);
            long sum = 0;
            int elements = 0;
            for (int read = reader.next(); read > 0; read = reader.next()) {
                for (int i = 0; i < read; i++) {
                    assertThat(reader.keys().getInt(i * 4)).isEqualTo(elements + i);
                    sum += reader.values().getLong(i * 8);
                }
                elements += read;
            }
            assertThat(elements).isEqualTo(1024);
            assertThat(sum).isEqualTo(3L * 999 * 1000 / 2);
        }
    }

    @Test
    void hashesAreWrittenReadAndDeletedInBulk() {
        try (BpfMap hash = object.map("by_length")) {
            int count = 3000;
            ByteBuffer keys = ByteBuffer.allocate(count * 4).order(ByteOrder.nativeOrder());
            ByteBuffer values = ByteBuffer.allocate(count * 8).order(ByteOrder.nativeOrder());
            for (int i = 0; i < count; i++) {
                keys.putInt(i * 4, i * 7);
                values.putLong(i * 8, i);
            }
            hash.updateBatch(keys, values, count);
            BpfMapReader reader = hash.reader(256);
            assertThat(content(reader)).hasSize(count).containsEntry(7 * 2999, 2999L);

            hash.deleteBatch(keys, 1000);
            reader.rewind();
            assertThat(content(reader)).hasSize(2000).doesNotContainKey(0);
        }
    }

    @Test
    void anEmptyMapIsReadAtOnce() {
        try (BpfMap hash = object.map("by_length")) {
            assertThat(hash.reader(16).next()).isZero();
        }
    }

    @Test
    void valuesOfAllPossibleCpusAreReadAtOnce() {
        try (BpfMap frames = object.map("frames");
                BpfProgram observe = object.program("observe")) {
            assertThat(frames.valueStride()).isEqualTo(16);
            assertThat(frames.valueBytes()).isEqualTo(16 * BpfLibrary.load().possibleCpus());
            observe.testRun(FRAME, 5, new byte[0]);
            assertThat(PerCpuFrames.total(frames)).isEqualTo(5);

            BpfMapReader reader = frames.reader(8);
            assertThat(reader.next()).isEqualTo(4);
            long total = 0;
            for (int cpu = 0; cpu < BpfLibrary.load().possibleCpus(); cpu++) {
                total += reader.values().getInt(cpu * 16);
            }
            assertThat(total).isEqualTo(5);
        }
    }

    @Test
    void perCpuValuesAreZeroedForAllCpus() {
        try (BpfMap frames = object.map("frames");
                BpfProgram observe = object.program("observe")) {
            observe.testRun(FRAME);
            frames.update(0, ByteBuffer.allocate(frames.valueBytes()));
            assertThat(PerCpuFrames.total(frames)).isZero();
        }
    }

    @Test
    void anInnerMapIsSwappedUnderTheProgram() {
        try (BpfMap outer = object.map("outer");
                BpfMap words = object.map("words");
                BpfProgram observe = object.program("observe");
                BpfMap one = BpfMap.create(BpfMapSpec.array("one", 8, 1));
                BpfMap two = BpfMap.create(BpfMapSpec.array("two", 8, 1))) {
            one.update(0, TestObjects.u64(1));
            two.update(0, TestObjects.u64(2));
            assertThat(outer.referenceId(0)).isEmpty();

            outer.updateInner(0, one);
            observe.testRun(FRAME);
            assertThat(TestObjects.readU64(words, TestObjects.WORD_FROM_INNER)).isEqualTo(1);
            assertThat(outer.referenceId(0)).hasValue(one.info().id());

            outer.updateInners(0, List.of(two, one));
            observe.testRun(FRAME);
            assertThat(TestObjects.readU64(words, TestObjects.WORD_FROM_INNER)).isEqualTo(2);
            assertThat(outer.referenceId(1)).hasValue(one.info().id());

            assertThat(outer.delete(0)).isTrue();
            assertThat(outer.delete(0)).isFalse();
        }
    }

    @Test
    void thePatternOfInnerMapsCanBeSetBeforeLoading() {
        try (BpfMap pattern = BpfMap.create(BpfMapSpec.array("pattern", 8, 64)
                        .withFlags(BpfMapFlags.MMAPABLE)
                        .onNumaNode(0));
                BpfObject other = TestObjects.loadedBinding(
                        opened -> opened.definition("outer").innerMap(pattern));
                BpfMap outer = other.map("outer");
                BpfMap fitting = BpfMap.create(BpfMapSpec.array("fitting", 8, 64)
                        .withFlags(BpfMapFlags.MMAPABLE)
                        .onNumaNode(0));
                BpfMap small = BpfMap.create(BpfMapSpec.array("small", 8, 1))) {
            outer.updateInner(0, fitting);
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> outer.updateInner(1, small))
                    .withMessageContaining("fill slot 1 of the map outer")
                    .satisfies(e -> assertThat(e.isInvalid()).isTrue());
        }
    }

    @Test
    void mapsOfMapsAreCreatedWithAPattern() {
        try (BpfMap inner = BpfMap.create(BpfMapSpec.array("inner", 8, 1));
                BpfMap outer = BpfMap.create(BpfMapSpec.arrayOfMaps("outer", 2, inner))) {
            outer.updateInner(1, inner);
            assertThat(outer.referenceId(1)).hasValue(inner.info().id());
        }
    }

    @Test
    void aNameTheKernelWouldCutIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BpfMapSpec.array("sixteen_letters_", 8, 1))
                .withMessageContainingAll("sixteen_letters_", "16", "15");
    }

    @Test
    void aMapTheKernelCannotMakeIsRefusedByName() {
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> BpfMap.create(BpfMapSpec.array("empty", 8, 0)))
                .withMessageContainingAll("Cannot create the map empty", "EINVAL");
    }

    @Test
    void hashKeysAreNotIndexes() {
        try (BpfMap wide = BpfMap.create(new BpfMapSpec(BpfMapType.HASH, "wide", 8, 8, 1))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> wide.update(0, TestObjects.u64(1)))
                    .withMessageContaining("keys of 8 bytes");
        }
    }

    @Test
    void aClosedMapIsNotUsed() {
        BpfMap words = object.map("words");
        words.close();
        words.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> words.update(0, TestObjects.u64(1)))
                .withMessageContaining("map words is closed");
    }

    private static Map<Integer, Long> content(BpfMapReader reader) {
        Map<Integer, Long> content = new HashMap<>();
        for (int read = reader.next(); read > 0; read = reader.next()) {
            for (int i = 0; i < read; i++) {
                content.put(reader.keys().getInt(i * 4), reader.values().getLong(i * 8));
            }
        }
        return content;
    }
}

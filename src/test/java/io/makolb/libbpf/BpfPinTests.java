package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PrivateBpfFs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BpfTest
class BpfPinTests {

    private PrivateBpfFs bpffs;

    @BeforeEach
    void mount() {
        bpffs = PrivateBpfFs.mount();
    }

    @AfterEach
    void unmount() {
        bpffs.close();
    }

    @Test
    void aPinnedMapIsFoundAgainWithItsContent() {
        Path pin = bpffs.pin("words");
        try (BpfMap map = BpfMap.create(BpfMapSpec.array("words", 8, 1))) {
            map.update(0, TestObjects.u64(4711));
            map.pin(pin);
        }
        try (BpfMap map = BpfMap.openPinned(pin)) {
            assertThat(TestObjects.readU64(map, 0)).isEqualTo(4711);
            assertThat(map).hasToString("map pinned at " + pin);
        }
        assertThat(BpfMap.unpin(pin)).isTrue();
        assertThat(BpfMap.unpin(pin)).isFalse();
        assertThat(pin).doesNotExist();
    }

    @Test
    void aPinnedProgramIsFoundAgain() {
        Path pin = bpffs.pin("observe");
        int id;
        try (BpfObject object = TestObjects.loadedBinding();
                BpfProgram program = object.program("observe")) {
            program.pin(pin);
            id = program.info().id();
        }
        try (BpfProgram program = BpfProgram.openPinned(pin)) {
            assertThat(program.info().id()).isEqualTo(id);
            assertThat(program.testRun(new byte[64]).verdict()).isEqualTo(TestObjects.XDP_PASS);
        }
    }

    @Test
    void aPinOfAnotherKindIsNotTakenForAMap() {
        Path pin = bpffs.pin("observe");
        try (BpfObject object = TestObjects.loadedBinding();
                BpfProgram program = object.program("observe")) {
            program.pin(pin);
        }
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> BpfMap.openPinned(pin))
                .withMessageContaining("Something else than a map is pinned there");
    }

    @Test
    void aMissingPinIsNotFound() {
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> BpfMap.openPinned(bpffs.pin("nothing")))
                .withMessageContaining(bpffs.pin("nothing").toString())
                .satisfies(e -> assertThat(e.isNotFound()).isTrue());
    }

    @Test
    void aPinIsNotReplaced() {
        Path pin = bpffs.pin("words");
        try (BpfMap map = BpfMap.create(BpfMapSpec.array("words", 8, 1))) {
            map.pin(pin);
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> map.pin(pin))
                    .withMessageContaining("pinned there already")
                    .satisfies(e -> assertThat(e.isExists()).isTrue());
        }
    }

    @Test
    void aPinMovedOverAnotherReplacesItAtOnce() throws Exception {
        Path pin = bpffs.pin("words");
        Path next = bpffs.pin("words-next");
        try (BpfMap old = BpfMap.create(BpfMapSpec.array("old", 8, 1));
                BpfMap fresh = BpfMap.create(BpfMapSpec.array("fresh", 8, 1))) {
            old.pin(pin);
            fresh.pin(next);
        }
        Files.move(next, pin, StandardCopyOption.ATOMIC_MOVE);
        try (BpfMap map = BpfMap.openPinned(pin)) {
            assertThat(map.info().name()).isEqualTo("fresh");
        }
    }

    @Test
    void pinsNeedABpfFileSystem(@TempDir Path ordinary) {
        try (BpfMap map = BpfMap.create(BpfMapSpec.array("words", 8, 1))) {
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> map.pin(ordinary.resolve("words")))
                    .withMessageContaining("must be on a mounted BPF file system");
        }
    }
}

package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.makolb.sandbox.BpfTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@BpfTest
class BpfObjectTests {

    private static final String CONSTANTS = ".rodata.cfg";
    private static final byte[] FRAME = new byte[64];

    @Test
    void constantsSetBeforeLoadingDecideWhatTheProgramDoes() {
        try (BpfObject object = TestObjects.loadedBinding(opened -> opened.definition(CONSTANTS)
                        .initialValue(TestObjects.config(TestObjects.XDP_TX, false, false)));
                BpfProgram program = object.program("observe")) {
            assertThat(program.testRun(FRAME).verdict()).isEqualTo(TestObjects.XDP_TX);
        }
    }

    @Test
    void constantsNotSetKeepTheValueOfTheSource() {
        try (BpfObject object = TestObjects.binding()) {
            assertThat(object.definition(CONSTANTS).initialValue())
                    .isEqualTo(TestObjects.config(TestObjects.XDP_PASS, false, false));
        }
    }

    @Test
    void constantsOfTheWrongSizeAreRefusedWithBothSizes() {
        try (BpfObject object = TestObjects.binding()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> object.definition(CONSTANTS).initialValue(new byte[11]))
                    .withMessageContainingAll("11 bytes", "section 12", CONSTANTS);
        }
    }

    @Test
    void codeThatConstantsRuleOutIsRemoved() {
        try (BpfObject small = TestObjects.loadedBinding();
                BpfObject large = TestObjects.loadedBinding(opened -> opened.definition(CONSTANTS)
                        .initialValue(TestObjects.config(TestObjects.XDP_PASS, true, true)));
                BpfProgram without = small.program("observe");
                BpfProgram with = large.program("observe")) {
            assertThat(without.info().translatedBytes())
                    .isPositive()
                    .isLessThan(with.info().translatedBytes());
        }
    }

    @Test
    void aMapThatOnlyRemovedCodeUsesNeedNotBeCreated() {
        try (BpfObject object = TestObjects.loadedBinding(
                opened -> opened.definition("optional").autocreate(false))) {
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> object.map("optional"))
                    .withMessageContaining("excluded from loading");
        }
    }

    @Test
    void aRejectedProgramIsReportedInTheWordsOfTheVerifier() {
        try (BpfObject object = BpfObject.open("rejected", TestObjects.image("rejected"))) {
            assertThatExceptionOfType(BpfLoadException.class)
                    .isThrownBy(object::load)
                    .withMessageContainingAll("BPF object rejected", "overrun", "invalid access to packet", "EACCES")
                    .satisfies(e -> {
                        assertThat(e.isPermission()).isTrue();
                        assertThat(e.verifierLog().program()).contains("overrun");
                        assertThat(e.verifierLog().reason())
                                .hasValueSatisfying(reason -> assertThat(reason).contains("outside of the packet"));
                    });
        }
    }

    @Test
    void aMapTheKernelRefusesIsReportedInTheWordsOfLibbpf() {
        try (BpfObject object = TestObjects.binding()) {
            object.definition("frames").maxEntries(0);
            assertThatExceptionOfType(BpfLoadException.class)
                    .isThrownBy(object::load)
                    .withMessageContainingAll("libbpf said", "'frames'", "failed to create")
                    .satisfies(e -> assertThat(e.isInvalid()).isTrue());
        }
    }

    @Test
    void bytesThatAreNoObjectAreRefused() {
        assertThatExceptionOfType(BpfException.class)
                .isThrownBy(() -> BpfObject.open("text", "no ELF".getBytes(StandardCharsets.UTF_8)))
                .withMessageContainingAll("Cannot open BPF object text", "libbpf error")
                .satisfies(e -> assertThat(e.errno()).isGreaterThanOrEqualTo(4000));
    }

    @Test
    void aMissingMapIsReportedWithThoseThatExist() {
        try (BpfObject object = TestObjects.binding()) {
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> object.definition("nowhere"))
                    .withMessageContainingAll("map nowhere", "words", "by_length")
                    .satisfies(e -> assertThat(e.isNotFound()).isTrue());
        }
    }

    @Test
    void namesListsEverythingInTheObject() {
        try (BpfObject object = TestObjects.binding()) {
            assertThat(object.programNames())
                    .containsExactly("observe", "shorten", "receive_queue", "jump", "redirected");
            assertThat(object.mapNames()).contains("words", "by_length", "frames", "outer", "events", CONSTANTS);
        }
    }

    @Test
    void sizesSetBeforeLoadingAreThoseOfTheMap() {
        try (BpfObject object = TestObjects.loadedBinding(
                        opened -> opened.definition("frames").maxEntries(77).valueSize(40));
                BpfMap frames = object.map("frames")) {
            assertThat(frames.info().maxEntries()).isEqualTo(77);
            assertThat(frames.info().valueSize()).isEqualTo(40);
        }
    }

    @Test
    void anExistingMapCanTakeThePlaceOfANewOne() {
        try (BpfObject first = TestObjects.loadedBinding();
                BpfMap words = first.map(TestObjects.WORDS);
                BpfObject second = TestObjects.loadedBinding(opened ->
                        opened.definition(TestObjects.WORDS).unpinned().reuse(words));
                BpfProgram program = second.program("observe")) {
            words.update(TestObjects.WORD_FROM_USER, TestObjects.u64(4711));
            program.testRun(FRAME);
            assertThat(TestObjects.readU64(words, TestObjects.WORD_TO_USER)).isEqualTo(4711);
        }
    }

    @Test
    void aProgramLeftOutIsNotLoaded() {
        try (BpfObject object = TestObjects.loadedBinding(
                opened -> opened.programDefinition("jump").autoload(false))) {
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> object.program("jump"))
                    .withMessageContaining("excluded from loading");
        }
    }

    @Test
    void handlesOutliveTheObject() {
        BpfObject object = TestObjects.loadedBinding();
        try (BpfProgram program = object.program("observe")) {
            object.close();
            assertThat(program.testRun(FRAME).verdict()).isEqualTo(TestObjects.XDP_PASS);
        }
    }

    @Test
    void definitionsAreFinalOnceLoaded() {
        try (BpfObject object = TestObjects.binding()) {
            BpfMapDefinition frames = object.definition("frames");
            object.load();
            assertThatIllegalStateException().isThrownBy(() -> frames.maxEntries(5));
            assertThatIllegalStateException().isThrownBy(object::load);
        }
    }

    @Test
    void aClosedObjectIsNotUsed() {
        BpfObject object = TestObjects.binding();
        object.close();
        object.close();
        assertThatIllegalStateException().isThrownBy(object::load).withMessageContaining("closed");
    }
}

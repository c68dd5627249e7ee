package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.Commands;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BpfExceptionTests {

    @Test
    void theSentenceHasOperationTargetAndReason() {
        BpfException e = new BpfException("update an element of the", "map vips", 7);
        assertThat(e)
                .hasMessage("Cannot update an element of the map vips: Argument list too long (E2BIG).")
                .hasNoCause();
        assertThat(e.operation()).isEqualTo("update an element of the");
        assertThat(e.target()).isEqualTo("map vips");
        assertThat(e.errno()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 'CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON'",
        "12, no memory",
        "19, no such interface",
        "24, LimitNOFILE",
        "67, create a new link"
    })
    void commonReasonsComeWithTheirRemedy(int errno, String remedy) {
        assertThat(new BpfException("do", "it", errno)).hasMessageContaining(remedy);
    }

    @Test
    void aRemedyOfTheCallerWins() {
        assertThat(new BpfException("do", "it", 1, "Ask nicely."))
                .hasMessage("Cannot do it: Operation not permitted (EPERM). Ask nicely.");
    }

    @Test
    void numbersTheLibraryDoesNotKnowAreKept() {
        assertThat(new BpfException("do", "it", 524)).hasMessageContaining("not supported by this kernel (ENOTSUPP)");
        assertThat(new BpfException("do", "it", 75)).hasMessageContaining("(error 75)");
    }

    @Test
    void reasonsAreToldApart() {
        assertThat(failure(2).isNotFound()).isTrue();
        assertThat(failure(17).isExists()).isTrue();
        assertThat(failure(13).isPermission()).isTrue();
        assertThat(failure(16).isBusy()).isTrue();
        assertThat(failure(19).isNoDevice()).isTrue();
        assertThat(failure(67).isNoLink()).isTrue();
        assertThat(failure(28).isNoSpace()).isTrue();
        assertThat(failure(22).isInvalid()).isTrue();
        assertThat(failure(95).isNotSupported()).isTrue();
        assertThat(failure(2).isExists()).isFalse();
    }

    @Test
    @BpfTest
    void aProcessWithoutCapabilitiesIsToldWhichItNeeds() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String printed = Commands.run(
                "setpriv",
                "--bounding-set=-all",
                "--inh-caps=-all",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                CreateOneMap.class.getName());
        assertThat(printed)
                .contains("Cannot create the map needs_caps: Operation not permitted (EPERM)")
                .contains("CAP_BPF, CAP_NET_ADMIN and CAP_PERFMON");
    }

    private static BpfException failure(int errno) {
        return new BpfException("do", "it", errno);
    }
}

package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerifierLogTests {

    private static final String REJECTED = """
            libbpf: prog 'overrun': BPF program load failed: Permission denied
            libbpf: prog 'overrun': -- BEGIN PROG LOAD LOG --
            reg type unsupported for arg#0 function overrun#6
            0: (71) r1 = *(u8 *)(r1 +20)
            invalid access to packet, off=20 size=1, R1(id=0,off=20,r=0)
            R1 offset is outside of the packet
            processed 2 insns (limit 1000000) max_states_per_insn 0 total_states 0 peak_states 0 mark_read 0
            -- END PROG LOAD LOG --
            libbpf: prog 'overrun': failed to load: -13
            libbpf: failed to load object 'rejected'
            """;

    @Test
    void theReasonIsTheLastLineThatIsNoStatistic() {
        VerifierLog log = VerifierLog.parse(REJECTED);
        assertThat(log.program()).contains("overrun");
        assertThat(log.reason()).contains("R1 offset is outside of the packet");
        assertThat(log.lastLines()).hasSize(4).noneMatch(line -> line.startsWith("processed"));
    }

    @Test
    void theWordsNameTheProgramAndQuoteTheVerifier() {
        assertThat(VerifierLog.parse(REJECTED).words())
                .startsWith("The verifier rejected the program overrun:\n")
                .endsWith("\n  R1 offset is outside of the packet");
    }

    @Test
    void ofALongLogTheEndIsKept() {
        String lines = IntStream.range(0, 100_000)
                .mapToObj(i -> i + ": (bf) r1 = r2\n")
                .collect(Collectors.joining());
        VerifierLog log = VerifierLog.parse(REJECTED.replace("reg type", lines + "reg type"));
        assertThat(log.lastLines()).hasSize(12).last().isEqualTo("R1 offset is outside of the packet");
    }

    @Test
    void withoutAVerifierLogTheWarningsAreQuoted() {
        VerifierLog log = VerifierLog.parse("libbpf: map 'frames': failed to create: Invalid argument(-22)\n");
        assertThat(log.program()).isEmpty();
        assertThat(log.reason()).isEmpty();
        assertThat(log.words())
                .isEqualTo("libbpf said:\n  libbpf: map 'frames': failed to create: Invalid argument(-22)");
    }

    @Test
    void silenceIsSaid() {
        assertThat(VerifierLog.parse("").words()).isEqualTo("libbpf gave no reason.");
    }
}

package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.makolb.sandbox.BpfTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BpfTest
class BpfProgramTests {

    private static final int XDP_PROGRAM = 6;

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
    void aTestRunAnswersVerdictAndFrame() {
        byte[] frame = new byte[100];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) i;
        }
        try (BpfProgram shorten = object.program("shorten")) {
            TestRun run = shorten.testRun(frame);
            assertThat(run.verdict()).isEqualTo(TestObjects.XDP_TX);
            assertThat(run.frame()).hasSize(112).startsWith(4, 5, 6, 7);
            assertThat(run.frame()[95]).isEqualTo((byte) 99);
        }
    }

    @Test
    void theContextReachesTheProgram() {
        // struct xdp_md: data, data_end, data_meta, ingress_ifindex, rx_queue_index, egress_ifindex
        byte[] context = ByteBuffer.allocate(24)
                .order(ByteOrder.nativeOrder())
                .putInt(4, 64)
                .putInt(12, 1)
                .putInt(16, 0)
                .array();
        try (BpfProgram receiveQueue = object.program("receive_queue")) {
            TestRun run = receiveQueue.testRun(new byte[64], 1, context);
            assertThat(run.verdict()).isZero();
            assertThat(run.context()).hasSize(24);
        }
    }

    @Test
    void repeatedRunsAreCounted() {
        try (BpfProgram observe = object.program("observe");
                BpfMap frames = object.map("frames")) {
            TestRun run = observe.testRun(new byte[64], 1000, new byte[0]);
            assertThat(run.nanoseconds()).isPositive();
            assertThat(PerCpuFrames.total(frames)).isEqualTo(1000);
        }
    }

    @Test
    void infoTellsNameTypeTagAndSizes() {
        try (BpfProgram observe = object.program("observe")) {
            BpfProgramInfo info = observe.info();
            assertThat(info.name()).isEqualTo("observe");
            assertThat(info.type()).isEqualTo(XDP_PROGRAM);
            assertThat(info.verifiedInstructions()).isPositive();
            assertThat(info.id()).isPositive();
            assertThat(info.tag()).matches("[0-9a-f]{16}");
            assertThat(info.translatedBytes()).isPositive();
            assertThat(info.jitedBytes()).isPositive();
        }
    }

    @Test
    void aProgramInAProgramArrayIsJumpedTo() {
        try (BpfProgram jump = object.program("jump");
                BpfProgram shorten = object.program("shorten");
                BpfMap programs = object.map("programs")) {
            assertThat(jump.testRun(new byte[64]).verdict()).isEqualTo(TestObjects.XDP_DROP);
            programs.updateProgram(1, shorten);
            assertThat(jump.testRun(new byte[64]).verdict()).isEqualTo(TestObjects.XDP_TX);
            assertThat(programs.referenceId(1)).hasValue(shorten.info().id());
            assertThat(programs.delete(1)).isTrue();
            assertThat(programs.referenceId(1)).isEmpty();
        }
    }

    @Test
    void aFrameTooShortForTheKernelIsRefused() {
        try (BpfProgram observe = object.program("observe")) {
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> observe.testRun(new byte[4]))
                    .withMessageContainingAll("test-run", "observe", "EINVAL");
        }
    }

    @Test
    void aClosedProgramIsNotUsed() {
        BpfProgram observe = object.program("observe");
        observe.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> observe.testRun(new byte[64]))
                .withMessageContaining("observe");
    }
}

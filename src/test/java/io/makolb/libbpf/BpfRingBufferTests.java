package io.makolb.libbpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.makolb.sandbox.BpfTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@BpfTest
class BpfRingBufferTests {

    private final List<Integer> lengths = new ArrayList<>();
    private BpfObject object;
    private BpfMap events;
    private BpfProgram observe;

    @BeforeEach
    void load() {
        object = TestObjects.loadedBinding(opened ->
                opened.definition(".rodata.cfg").initialValue(TestObjects.config(TestObjects.XDP_PASS, true, false)));
        events = object.map("events");
        observe = object.program("observe");
    }

    @AfterEach
    void close() {
        observe.close();
        events.close();
        object.close();
    }

    @Test
    void eventsAreDeliveredInTheirOrder() {
        try (BpfRingBuffer ring = BpfRingBuffer.open(events, event -> lengths.add(event.getInt()))) {
            observe.testRun(new byte[64]);
            observe.testRun(new byte[65]);
            observe.testRun(new byte[66]);
            assertThat(ring.consume()).isEqualTo(3);
            assertThat(lengths).containsExactly(64, 65, 66);
            assertThat(ring.consume()).isZero();
        }
    }

    @Test
    void pollingWakesUpForAnEventAndEndsWithoutOne() {
        try (BpfRingBuffer ring = BpfRingBuffer.open(events, event -> lengths.add(event.remaining()))) {
            assertThat(ring.poll(Duration.ZERO)).isZero();
            observe.testRun(new byte[64]);
            assertThat(ring.poll(Duration.ofSeconds(10))).isEqualTo(1);
            assertThat(lengths).containsExactly(Integer.BYTES);
        }
    }

    @Test
    void theCallbackSurvivesGarbageCollection() {
        try (BpfRingBuffer ring = BpfRingBuffer.open(events, event -> lengths.add(event.getInt()))) {
            for (int round = 0; round < 5; round++) {
                System.gc();
                observe.testRun(new byte[64]);
                assertThat(ring.consume()).isEqualTo(1);
            }
        }
    }

    @Test
    void aFailingConsumerIsHeardAndLosesNothingElse() {
        List<Integer> seen = new ArrayList<>();
        try (BpfRingBuffer ring = BpfRingBuffer.open(events, event -> {
            int length = event.getInt();
            if (length == 64) {
                throw new IllegalArgumentException("cannot handle " + length);
            }
            seen.add(length);
        })) {
            observe.testRun(new byte[64]);
            observe.testRun(new byte[65]);
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(ring::consume)
                    .withMessage("cannot handle 64");
            ring.consume();
            assertThat(seen).containsExactly(65);
        }
    }

    @Test
    void mapsOfOtherKindsHaveNoEvents() {
        try (BpfMap words = object.map("words")) {
            assertThatExceptionOfType(BpfException.class)
                    .isThrownBy(() -> BpfRingBuffer.open(words, event -> {}))
                    .withMessageContainingAll("read events from the map words", "EINVAL", "not BPF_MAP_TYPE_RINGBUF");
        }
    }

    @Test
    void aClosedReaderIsNotUsed() {
        BpfRingBuffer ring = BpfRingBuffer.open(events, event -> {});
        ring.close();
        ring.close();
        assertThatIllegalStateException().isThrownBy(ring::consume);
    }
}

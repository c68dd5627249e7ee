package io.makolb.web.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.balancer.Event;
import io.makolb.balancer.EventId;
import io.makolb.balancer.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** How a stream ends, on clients that the network cannot be made to play. */
@Timeout(60)
class EventStreamTests {

    private static final EventId HERE = new EventId("00000000", "11111111", 3, 17);

    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch completed = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Test
    void aReaderThatIsLeftBehindIsDroppedWithAReason() throws Exception {
        stream(new Silent() {
                    @Override
                    public List<Event> next(Duration patience) throws Events.LeftBehindException {
                        throw leftBehind();
                    }
                })
                .start();

        assertThat(completed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(String.join("", sent))
                .contains("event:dropped", "too slow", "Last-Event-ID")
                .doesNotContain("id:");
    }

    @Test
    void stoppingEndsAStreamThatWaits() throws Exception {
        EventStream stream = stream(new Silent());
        stream.start();

        stream.stop();

        assertThat(completed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theEndOfTheProcessEndsIt() throws Exception {
        stream(new Silent() {
                    @Override
                    public boolean over() {
                        return true;
                    }
                })
                .start();

        assertThat(completed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClientThatIsGoneEndsIt() throws Exception {
        SseEmitter broken = new SseEmitter() {
            @Override
            public void send(SseEventBuilder event) throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        new EventStream(new Silent(), broken, Duration.ofHours(1), ended::countDown).start();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private EventStream stream(Events.Reader reader) {
        SseEmitter emitter = new SseEmitter() {
            @Override
            public void send(SseEventBuilder event) {
                event.build().forEach(part -> sent.add(String.valueOf(part.getData())));
            }

            @Override
            public void complete() {
                completed.countDown();
            }
        };
        return new EventStream(reader, emitter, Duration.ofHours(1), ended::countDown);
    }

    private static Events.LeftBehindException leftBehind() {
        return new Events.LeftBehindException("You are too slow.");
    }

    /** Nothing happens. */
    private static class Silent implements Events.Reader {

        @Override
        public String missed() {
            return "";
        }

        @Override
        public EventId position() {
            return HERE;
        }

        @Override
        public List<Event> next(Duration patience) throws InterruptedException, Events.LeftBehindException {
            new CountDownLatch(1).await(patience.toMillis(), TimeUnit.MILLISECONDS);
            return List.of();
        }

        @Override
        public boolean over() {
            return false;
        }
    }
}

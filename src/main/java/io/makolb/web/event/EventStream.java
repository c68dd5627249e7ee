package io.makolb.web.event;

import io.makolb.balancer.Event;
import io.makolb.balancer.Events;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One stream, on a thread of its own: a client that takes nothing holds up nobody else, and is dropped when it is left behind. */
final class EventStream implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** How long a client waits before it comes back. */
    private static final Duration RECONNECT = Duration.ofSeconds(2);

    private final Events.Reader reader;
    private final SseEmitter emitter;
    private final Duration heartbeat;
    private final Runnable ended;
    private final Thread thread;
    private volatile boolean stopped;

    /**
     * A stream that has not begun.
     *
     * @param ended called once when it ends, whatever the reason
     */
    EventStream(Events.Reader reader, SseEmitter emitter, Duration heartbeat, Runnable ended) {
        this.reader = reader;
        this.emitter = emitter;
        this.heartbeat = heartbeat;
        this.ended = ended;
        this.thread = new Thread(this, "mako-events");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends the stream soon. */
    void stop() {
        stopped = true;
        thread.interrupt();
    }

    @Override
    public void run() {
        try {
            follow();
            emitter.complete();
        } catch (InterruptedException e) {
            // Nobody but stop() interrupts this thread, and it ends here.
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("A reader of the events hung up: {}", e.getMessage());
        } finally {
            ended.run();
        }
    }

    private void follow() throws IOException, InterruptedException {
        emitter.send(SseEmitter.event().reconnectTime(RECONNECT.toMillis()).comment("events follow"));
        if (!reader.missed().isEmpty()) {
            send("reset", reader.missed() + " Read everything again; what happens from now on follows.", true);
        }
        try {
            while (!stopped && !reader.over()) {
                forward(reader.next(heartbeat));
            }
        } catch (Events.LeftBehindException e) {
            log.info("A reader of the events was dropped. {}", e.getMessage());
            send("dropped", e.getMessage() + " Come back with Last-Event-ID, and read faster.", false);
        }
    }

    private void forward(List<Event> events) throws IOException {
        if (events.isEmpty() && !reader.over()) {
            // The id moves on although nothing was sent: what others are sent does not make this client miss anything.
            emitter.send(SseEmitter.event().id(reader.position().toString()).comment("heartbeat"));
        }
        for (Event event : events) {
            emitter.send(SseEmitter.event()
                    .id(event.id().toString())
                    .name(event.type().toString())
                    .data(EventBody.of(event), MediaType.APPLICATION_JSON));
        }
    }

    private void send(String name, String sentence, boolean withId) throws IOException {
        SseEmitter.SseEventBuilder event = SseEmitter.event();
        if (withId) {
            event.id(reader.position().toString());
        }
        emitter.send(event.name(name)
                .data(EventBody.ofStream(name, reader.position(), sentence), MediaType.APPLICATION_JSON));
    }
}

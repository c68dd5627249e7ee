package io.makolb.web.event;

import io.makolb.balancer.EventType;
import io.makolb.balancer.Events;
import io.makolb.web.http.Refuses;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.strict.Spelling;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** What happens, as it happens. */
@RestController
@RequestMapping("/api/v1/events")
@Tag(name = "Events", description = "What happens, as it happens")
class EventController {

    private static final long NO_TIMEOUT = 0;

    private final Events events;
    private final EventProperties properties;
    private final Semaphore places;
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    EventController(Events events, EventProperties properties) {
        this.events = events;
        this.properties = properties;
        this.places = new Semaphore(properties.maxStreams());
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Operation(
            summary = "Follow what happens",
            description =
                    "Server-sent events until the reader hangs up: every change of the configuration, and of what has become"
                            + " of it. With Last-Event-ID, what was missed comes first; an event 'reset' says that it"
                            + " cannot, and that everything must be read again.")
    @Refuses(ProblemName.RATE_LIMITED)
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                            schema = @Schema(implementation = EventBody.class)))
    ResponseEntity<SseEmitter> streamEvents(
            @RequestParam(required = false)
                    @Parameter(
                            description = "Names of the events that are wanted, separated by commas; all by default",
                            example = "configuration,ready,not-ready")
                    @Nullable String type,
            @RequestHeader(name = "Last-Event-ID", required = false)
                    @Parameter(description = "The id of the last event that was seen")
                    @Nullable String last) {
        Set<EventType> types = types(type);
        if (!places.tryAcquire()) {
            throw new ProblemException(
                            ProblemName.RATE_LIMITED,
                            "There are " + properties.maxStreams() + " streams of events already.",
                            "Close one, or raise mako.events.max-streams and restart.")
                    .withHeader(
                            HttpHeaders.RETRY_AFTER,
                            Long.toString(Math.max(1, properties.heartbeat().toSeconds())));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .body(begin(last == null ? "" : last, types));
    }

    /** The place is given back when the stream ends, or never begins because the history cannot be read. */
    private SseEmitter begin(String last, Set<EventType> types) {
        Events.Reader reader;
        try {
            reader = events.read(last, types);
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
        SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
        EventStream[] self = new EventStream[1];
        EventStream stream = new EventStream(reader, emitter, properties.heartbeat(), () -> {
            streams.remove(self[0]);
            places.release();
        });
        self[0] = stream;
        streams.add(stream);
        emitter.onCompletion(stream::stop);
        emitter.onError(any -> stream.stop());
        stream.start();
        return emitter;
    }

    private static Set<EventType> types(@Nullable String text) {
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        if (text != null) {
            for (String name : text.split(",", -1)) {
                types.add(EventType.of(name)
                        .orElseThrow(() -> new ProblemException(
                                ProblemName.INVALID_VALUE,
                                "There are no events of the type '" + name + "'.",
                                Spelling.remedy(name, names()))));
            }
        }
        return types;
    }

    private static Set<String> names() {
        return Arrays.stream(EventType.values())
                .map(EventType::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Readers never end by themselves, and the server waits for them when it stops. */
    @EventListener
    void stop(ContextClosedEvent closing) {
        streams.forEach(EventStream::stop);
    }
}

package io.makolb.web.stats;

import io.makolb.stats.Stats;
import io.makolb.stats.StatsSnapshot;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Numbers as they come, until the reader hangs up. */
@RestController
@RequestMapping("/api/v1/stats/stream")
@Tag(name = "Statistics")
class StatsStreamController {

    private static final MediaType PLAIN = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
    private static final long NO_TIMEOUT = 0;

    private final Stats stats;
    private final Set<ResponseBodyEmitter> readers = ConcurrentHashMap.newKeySet();

    StatsStreamController(Stats stats) {
        this.stats = stats;
    }

    @GetMapping(produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @Operation(
            summary = "Watch the whole plane",
            description =
                    "One line a second until the reader hangs up: packets, bits, shares of hits and misses, drops. With"
                            + " Accept: text/event-stream, server-sent events with everything.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.TEXT_PLAIN_VALUE,
                        schema =
                                @Schema(
                                        type = "string",
                                        example =
                                                "12:00:01             1523       18282000    99.20      0.50         0.10      0.20       1520          0")),
                @Content(
                        mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                        schema = @Schema(implementation = StreamBody.class))
            })
    ResponseEntity<ResponseBodyEmitter> streamStats(
            @RequestParam(required = false)
                    @Parameter(
                            description = "Add VIPs or reals to the events: vips, reals, or vips,reals",
                            example = "vips,reals")
                    @Nullable String include,
            HttpServletRequest request)
            throws IOException {
        boolean events = MediaType.parseMediaTypes(request.getHeader(HttpHeaders.ACCEPT)).stream()
                .anyMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype);
        return events ? events(parts(include)) : lines();
    }

    private ResponseEntity<ResponseBodyEmitter> lines() throws IOException {
        ResponseBodyEmitter lines = new ResponseBodyEmitter(NO_TIMEOUT);
        lines.send(StatsLine.HEADING + "\n", PLAIN);
        follow(lines, now -> lines.send(StatsLine.of(now) + "\n", PLAIN));
        return ResponseEntity.ok().contentType(PLAIN).body(lines);
    }

    private ResponseEntity<ResponseBodyEmitter> events(Set<String> parts) {
        SseEmitter events = new SseEmitter(NO_TIMEOUT);
        follow(
                events,
                now -> events.send(SseEmitter.event()
                        .id(Long.toString(now.tick()))
                        .data(StreamBody.of(now, parts), MediaType.APPLICATION_JSON)));
        return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(events);
    }

    private static Set<String> parts(@Nullable String include) {
        Set<String> parts = include == null ? Set.of() : StringUtils.commaDelimitedListToSet(include);
        if (!StreamBody.PARTS.containsAll(parts)) {
            throw new ProblemException(
                    ProblemName.INVALID_VALUE,
                    "The parameter 'include' is '" + include + "'.",
                    "Give vips, reals, or vips,reals.");
        }
        return parts;
    }

    private void follow(ResponseBodyEmitter emitter, Sender sender) {
        Stats.Subscription subscription = stats.subscribe(now -> {
            try {
                sender.send(now);
            } catch (IOException e) {
                // The reader hung up; failing here ends the subscription, and the container completes the request.
                throw new UncheckedIOException(e);
            }
        });
        readers.add(emitter);
        emitter.onCompletion(() -> {
            subscription.close();
            readers.remove(emitter);
        });
        emitter.onError(any -> subscription.close());
    }

    /** Readers never end by themselves, and the server waits for them when it stops. */
    @EventListener
    void stop(ContextClosedEvent closing) {
        readers.forEach(ResponseBodyEmitter::complete);
    }

    /** Sends one snapshot. */
    private interface Sender {
        void send(StatsSnapshot now) throws IOException;
    }
}

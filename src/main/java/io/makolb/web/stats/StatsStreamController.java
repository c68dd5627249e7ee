package io.makolb.web.stats;

import io.makolb.stats.Stats;
import io.makolb.stats.StatsSnapshot;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
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
    private static final double NANOS = 1e9;

    private final Stats stats;

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
                @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")),
                @Content(
                        mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
                        schema = @Schema(implementation = PlaneStatsBody.class))
            })
    ResponseEntity<ResponseBodyEmitter> streamStats(HttpServletRequest request) throws IOException {
        boolean events = MediaType.parseMediaTypes(request.getHeader(HttpHeaders.ACCEPT)).stream()
                .anyMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype);
        return events ? events() : lines();
    }

    private ResponseEntity<ResponseBodyEmitter> lines() throws IOException {
        ResponseBodyEmitter lines = new ResponseBodyEmitter(NO_TIMEOUT);
        lines.send(StatsLine.HEADING + "\n", PLAIN);
        follow(lines, now -> lines.send(StatsLine.of(now) + "\n", PLAIN));
        return ResponseEntity.ok().contentType(PLAIN).body(lines);
    }

    private ResponseEntity<ResponseBodyEmitter> events() {
        SseEmitter events = new SseEmitter(NO_TIMEOUT);
        follow(events, now -> {
            double seconds = now.interval().toNanos() / NANOS;
            events.send(SseEmitter.event()
                    .id(Long.toString(now.tick()))
                    .name("stats")
                    .data(PlaneStatsBody.of(null, now.total(), now.at(), seconds), MediaType.APPLICATION_JSON));
        });
        return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(events);
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
        emitter.onCompletion(subscription::close);
        emitter.onError(any -> subscription.close());
    }

    /** Sends one snapshot. */
    private interface Sender {
        void send(StatsSnapshot now) throws IOException;
    }
}

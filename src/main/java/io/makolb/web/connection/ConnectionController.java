package io.makolb.web.connection;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.ConnectionFilter;
import io.makolb.plane.ConnectionLoad;
import io.makolb.plane.ConnectionPage;
import io.makolb.plane.ConnectionPosition;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.Imported;
import io.makolb.plane.PlaneException;
import io.makolb.web.http.Answers;
import io.makolb.web.http.ConnectionQuery;
import io.makolb.web.http.Flag;
import io.makolb.web.http.JsonLines;
import io.makolb.web.http.JsonLinesReader;
import io.makolb.web.http.Paging;
import io.makolb.web.http.PlanBody;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Signature;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The connections that the tables remember. Nothing here waits for the writer, and the writer waits for nothing here. */
@RestController
@RequestMapping(path = "/api/v1/connections", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Connections", description = "What the tables remember of connections")
class ConnectionController {

    private static final int DEFAULT_LIMIT = 100;

    private final Balancer balancer;
    private final ForwardingPlane plane;
    private final JsonMapper json;

    ConnectionController(Balancer balancer, ForwardingPlane plane, JsonMapper json) {
        this.balancer = balancer;
        this.plane = plane;
        this.json = json;
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, JsonLines.TYPE})
    @Operation(
            summary = "List connections",
            description = "As the tables are read: connections that come or go meanwhile may be missing. With Accept:"
                    + " application/x-ndjson, all of them, one on each line; otherwise in pages.")
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = ConnectionListBody.class)),
                @Content(mediaType = JsonLines.TYPE, schema = @Schema(implementation = ConnectionBody.class))
            })
    @Refuses(ProblemName.PLANE_UNAVAILABLE)
    ResponseEntity<?> listConnections(
            ConnectionQuery query,
            @Parameter(
                            description = "At most so many; absent: 100 in JSON, no limit in lines",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "10000"))
                    @RequestParam(required = false)
                    @Nullable String limit,
            @Parameter(description = "The value of 'next' in the page before; only with a limit")
                    @RequestParam(required = false)
                    @Nullable String cursor,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
        Paging paging = Paging.of(limit, cursor);
        ConnectionPosition from = paging.after().isEmpty() ? ConnectionPosition.BEGIN : position(paging.after());
        if (wantsLines(accept)) {
            ConnectionWalk walk = new ConnectionWalk(
                    position -> page(query.filter(), position, ConnectionWalk.CHUNK),
                    from,
                    paging.partial() ? paging.limit() : Long.MAX_VALUE);
            return ResponseEntity.ok()
                    .header(Answers.REVISION, Long.toString(balancer.snapshot().revision()))
                    .contentType(MediaType.parseMediaType(JsonLines.TYPE))
                    .body(new JsonLines(walk));
        }
        ConnectionPage page = page(query.filter(), from, paging.partial() ? paging.limit() : DEFAULT_LIMIT);
        List<ConnectionBody> items =
                page.connections().stream().map(ConnectionBody::of).toList();
        String next = page.next()
                .map(position -> Paging.encoded(position.table() + "." + position.entry()))
                .orElse(null);
        return Answers.untagged(balancer.snapshot(), new ConnectionListBody(items, next));
    }

    @GetMapping("/summary")
    @Operation(
            summary = "Count connections",
            description = "By VIP and real, as the tables are now: all of them are read for each request.")
    @Refuses(ProblemName.PLANE_UNAVAILABLE)
    ResponseEntity<ConnectionSummaryBody> countConnections(ConnectionQuery query) {
        return Answers.untagged(
                balancer.snapshot(), ConnectionSummaryBody.of(reading(() -> plane.connections(query.filter()))));
    }

    @DeleteMapping
    @Operation(
            summary = "Make the tables forget connections",
            description =
                    "The next packet of each is placed anew, by the ring as it is then. What the parameters mean is"
                            + " forgotten; without any of them, all=true is demanded.")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(oneOf = {PurgedBody.class, PlanBody.class})))
    @Refuses({
        ProblemName.FOREIGN_PLANE,
        ProblemName.STORE_UNAVAILABLE,
        ProblemName.PLANE_UNAVAILABLE,
        ProblemName.STARTING
    })
    ResponseEntity<?> purgeConnections(
            ConnectionQuery query,
            @RequestParam(required = false)
                    @Parameter(
                            description = "Forget every connection; not with another parameter that chooses",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @Nullable String all,
            @RequestParam(required = false)
                    @Parameter(
                            description = "Only answer the plan: how many would be forgotten",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @Nullable String dryRun,
            Signature signature) {
        requireChoice(query.filter(), Flag.of("all", all));
        boolean dry = Flag.of("dryRun", dryRun);
        Snapshot snapshot = balancer.snapshot();
        snapshot.requireWritable();
        if (dry) {
            long count = reading(() -> plane.connections(query.filter())).total();
            return Answers.planned(PlanBody.touching(snapshot.revision(), count));
        }
        long purged = reading(() -> plane.purgeConnections(query.filter()));
        return ResponseEntity.ok()
                .header(Answers.CHANGED, Boolean.toString(purged > 0))
                .header(Answers.REVISION, Long.toString(snapshot.revision()))
                .body(new PurgedBody(purged));
    }

    @PostMapping(path = "/import", consumes = JsonLines.TYPE)
    @Operation(
            summary = "Import connections of another balancer",
            description =
                    "What GET /connections answers there as lines, one connection on each. They go into the global connection"
                            + " table, where VIPs with the flag GLOBAL_LRU look for flows that they do not know. All lines are"
                            + " read before any is entered; more than there is room for push out the oldest.")
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(mediaType = JsonLines.TYPE, schema = @Schema(implementation = ConnectionBody.class)))
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(oneOf = {ImportedBody.class, PlanBody.class})))
    @Refuses({
        ProblemName.FEATURE_OFF,
        ProblemName.HOST_BITS,
        ProblemName.FOREIGN_PLANE,
        ProblemName.STORE_UNAVAILABLE,
        ProblemName.PLANE_UNAVAILABLE,
        ProblemName.STARTING
    })
    ResponseEntity<?> importConnections(
            @RequestBody(required = false) @Nullable InputStreamResource body,
            @RequestParam(required = false)
                    @Parameter(
                            description = "Only answer the plan: how many would be entered, or led elsewhere",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @Nullable String dryRun,
            Signature signature)
            throws IOException {
        boolean dry = Flag.of("dryRun", dryRun);
        requireGlobalTable();
        balancer.snapshot().requireWritable();
        ConnectionLoad load = new ConnectionLoad();
        if (body != null) { // no line at all is no connection
            try (InputStream lines = body.getInputStream()) {
                new JsonLinesReader<>(json, lines, ImportLine.class).handTo(line -> line.addTo(load));
            }
        }
        Imported imported = reading(() -> plane.importConnections(load, dry));
        long revision = balancer.snapshot().revision();
        if (dry) {
            return Answers.planned(PlanBody.touching(revision, imported.changed()));
        }
        return ResponseEntity.ok()
                .header(Answers.CHANGED, Boolean.toString(imported.changed() > 0))
                .header(Answers.REVISION, Long.toString(revision))
                .body(ImportedBody.of(imported, revision));
    }

    private void requireGlobalTable() {
        if (!plane.facts().features().globalConnectionTable()) {
            throw new ProblemException(
                    ProblemName.FEATURE_OFF,
                    "There is nowhere to put connections of other balancers: the global connection table is switched off.",
                    "Set mako.forwarding.global-connection-table=true and restart Mako.");
        }
    }

    /** A forgotten parameter must not cost every connection. */
    private static void requireChoice(ConnectionFilter filter, boolean all) {
        if (filter.isEmpty() && !all) {
            throw new ProblemException(
                    ProblemName.INVALID_VALUE,
                    "The request does not say which connections are to be forgotten.",
                    "Choose with vip, real, client or maxAgeSeconds, or send ?all=true if all are meant.");
        }
        if (!filter.isEmpty() && all) {
            throw new ProblemException(
                    ProblemName.INVALID_VALUE,
                    "The request means all connections, and only some of them.",
                    "Leave out all=true, or the parameters that choose.");
        }
    }

    private ConnectionPage page(ConnectionFilter filter, ConnectionPosition from, int atMost) {
        return reading(() -> plane.listConnections(filter, from, atMost));
    }

    private static <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (PlaneException e) {
            throw new Refusal(
                    Reason.PLANE_UNAVAILABLE,
                    "The connection tables cannot be read: " + e.getMessage(),
                    "Look at GET /api/v1/dataplane, and at the log.",
                    List.of(),
                    e.errno(),
                    e);
        }
    }

    private static boolean wantsLines(@Nullable String accept) {
        return MediaType.parseMediaTypes(accept).stream()
                .anyMatch(MediaType.parseMediaType(JsonLines.TYPE)::equalsTypeAndSubtype);
    }

    private static ConnectionPosition position(String text) {
        String[] numbers = text.split("\\.", -1);
        try {
            if (numbers.length == 2) {
                return new ConnectionPosition(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]));
            }
        } catch (IllegalArgumentException e) {
            throw Paging.foreignCursor();
        }
        throw Paging.foreignCursor();
    }
}

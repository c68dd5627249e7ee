package io.makolb.web.bulk;

import io.makolb.balancer.Balancer;
import io.makolb.model.BulkKind;
import io.makolb.model.ServerId;
import io.makolb.web.http.Lines;
import io.makolb.web.http.Paging;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import io.makolb.web.http.Writes;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reals that packets name by number. */
@RestController
@RequestMapping(path = "/api/v1/quic-server-ids", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Server ids", description = "Numbers by which packets name their real themselves")
class ServerIdController {

    private final BulkResource<ServerId, ServerIdBody, ServerIdsBody> resource;

    ServerIdController(Balancer balancer, Writes writes) {
        this.resource = new BulkResource<>(
                BulkKind.SERVER_IDS, "serverId", ServerIdBody::of, ServerIdsBody::new, balancer, writes);
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, NdjsonConverter.TYPE})
    @Operation(
            summary = "List server ids",
            description =
                    "Whole, or in pages, ordered. The set has an entity tag, a page has none. Millions are best read as lines:"
                            + " Accept: application/x-ndjson.")
    @Lines(ServerIdBody.class)
    @Tagged
    ResponseEntity<ServerIdsBody> listQuicServerIds(Paging paging) {
        return resource.list(paging);
    }

    @PutMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, NdjsonConverter.TYPE})
    @Operation(
            summary = "Replace all server ids",
            description =
                    "All or nothing. Millions are sent as lines, one server id on each: Content-Type: application/x-ndjson, up to"
                            + " mako.api.max-bulk-bytes. They are prepared while others are answered, and come into force in one step.")
    @Lines(ServerIdBody.class)
    @Returns(ServerIdsBody.class)
    @Refuses({
        ProblemName.WRONG_FAMILY,
        ProblemName.HOST_BITS,
        ProblemName.PARTIAL_COLLECTION,
        ProblemName.DUPLICATE_MEMBER,
        ProblemName.FEATURE_OFF
    })
    ResponseEntity<Object> putQuicServerIds(@RequestBody ServerIdsBody body, WriteCall call) {
        return resource.replace(body, call);
    }

    @PostMapping(path = "/edits", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Edit server ids",
            description =
                    "Puts some and removes others, all or nothing. The answer is the set, or of a set of more than 10000 how many edits there were.")
    @Returns(ServerIdsBody.class)
    @Refuses({
        ProblemName.WRONG_FAMILY,
        ProblemName.HOST_BITS,
        ProblemName.MALFORMED_ID,
        ProblemName.DUPLICATE_MEMBER,
        ProblemName.FEATURE_OFF
    })
    ResponseEntity<Object> editQuicServerIds(@RequestBody ServerIdEditsBody body, WriteCall call) {
        return resource.edit(body.upsert(), body.remove(), call);
    }

    @GetMapping("/{id:(?!edits$).*}")
    @Operation(summary = "Get a server id", description = "Where it leads.")
    @Tagged
    ResponseEntity<ServerIdBody> getQuicServerId(@PathVariable ServerId id) {
        return resource.get(id);
    }

    @PutMapping(path = "/{id:(?!edits$).*}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Create or replace a server id",
            description = "Packets that carry this id go to the real, which need not be in a VIP.")
    @Returns(value = ServerIdBody.class, creates = true)
    @Refuses({ProblemName.KEY_MISMATCH, ProblemName.WRONG_FAMILY, ProblemName.HOST_BITS, ProblemName.FEATURE_OFF})
    ResponseEntity<Object> putQuicServerId(@PathVariable ServerId id, @RequestBody ServerIdBody body, WriteCall call) {
        return resource.put(id, body, call);
    }

    @DeleteMapping("/{id:(?!edits$).*}")
    @Operation(summary = "Delete a server id", description = "Packets that carry this id are placed like all others.")
    @Returns(Void.class)
    ResponseEntity<Object> deleteQuicServerId(@PathVariable ServerId id, WriteCall call) {
        return resource.delete(id, call);
    }
}

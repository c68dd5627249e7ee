package io.makolb.web.bulk;

import io.makolb.balancer.Balancer;
import io.makolb.model.BulkKind;
import io.makolb.model.Prefix;
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

/** Reals for clients of certain networks. */
@RestController
@RequestMapping(path = "/api/v1/source-routes", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Source routes", description = "Reals for clients of certain networks, at VIPs with the flag SRC_ROUTING")
class SourceRouteController {

    private final BulkResource<Prefix, SourceRouteBody, SourceRoutesBody> resource;

    SourceRouteController(Balancer balancer, Writes writes) {
        this.resource = new BulkResource<>(
                BulkKind.SOURCE_ROUTES, "prefix", SourceRouteBody::of, SourceRoutesBody::new, balancer, writes);
    }

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, NdjsonConverter.TYPE})
    @Operation(
            summary = "List source routes",
            description =
                    "Whole, or in pages, ordered. The set has an entity tag, a page has none. Millions are best read as lines:"
                            + " Accept: application/x-ndjson.")
    @Lines(SourceRouteBody.class)
    @Tagged
    ResponseEntity<SourceRoutesBody> listSourceRoutes(Paging paging) {
        return resource.list(paging);
    }

    @PutMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, NdjsonConverter.TYPE})
    @Operation(
            summary = "Replace all source routes",
            description =
                    "All or nothing. Millions are sent as lines, one source route on each: Content-Type: application/x-ndjson, up to"
                            + " mako.api.max-bulk-bytes. They are prepared while others are answered, and come into force in one step.")
    @Lines(SourceRouteBody.class)
    @Returns(SourceRoutesBody.class)
    @Refuses({
        ProblemName.WRONG_FAMILY,
        ProblemName.HOST_BITS,
        ProblemName.PARTIAL_COLLECTION,
        ProblemName.DUPLICATE_MEMBER,
        ProblemName.FEATURE_OFF
    })
    ResponseEntity<Object> putSourceRoutes(@RequestBody SourceRoutesBody body, WriteCall call) {
        return resource.replace(body, call);
    }

    @PostMapping(path = "/edits", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Edit source routes",
            description =
                    "Puts some and removes others, all or nothing. The answer is the set, or of a set of more than 10000 how many edits there were.")
    @Returns(SourceRoutesBody.class)
    @Refuses({
        ProblemName.WRONG_FAMILY,
        ProblemName.HOST_BITS,
        ProblemName.MALFORMED_ID,
        ProblemName.DUPLICATE_MEMBER,
        ProblemName.FEATURE_OFF
    })
    ResponseEntity<Object> editSourceRoutes(@RequestBody SourceRouteEditsBody body, WriteCall call) {
        return resource.edit(body.upsert(), body.remove(), call);
    }

    @GetMapping("/{prefix:(?!edits$).*}")
    @Operation(summary = "Get a source route", description = "Where it leads.")
    @Tagged
    ResponseEntity<SourceRouteBody> getSourceRoute(@PathVariable Prefix prefix) {
        return resource.get(prefix);
    }

    @PutMapping(path = "/{prefix:(?!edits$).*}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Create or replace a source route",
            description =
                    "New flows from this network go to the real; the longest prefix wins. Needs `mako.forwarding.source-routing`, and the flag SRC_ROUTING on the VIP. The real need not be in a VIP.")
    @Returns(value = SourceRouteBody.class, creates = true)
    @Refuses({ProblemName.KEY_MISMATCH, ProblemName.WRONG_FAMILY, ProblemName.HOST_BITS, ProblemName.FEATURE_OFF})
    ResponseEntity<Object> putSourceRoute(
            @PathVariable Prefix prefix, @RequestBody SourceRouteBody body, WriteCall call) {
        return resource.put(prefix, body, call);
    }

    @DeleteMapping("/{prefix:(?!edits$).*}")
    @Operation(
            summary = "Delete a source route",
            description = "New flows from this network go where a shorter prefix leads, or where the ring does.")
    @Returns(Void.class)
    ResponseEntity<Object> deleteSourceRoute(@PathVariable Prefix prefix, WriteCall call) {
        return resource.delete(prefix, call);
    }
}

package io.makolb.web.downreal;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.Change;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipId;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Paging;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import io.makolb.web.http.Writes;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reals that are down for a VIP: as a set, and one by one. */
@RestController
@RequestMapping(path = "/api/v1/vips/{vip}/down-reals", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Down reals", description = "Reals that UDP flows of a VIP leave at their next packet")
class DownRealsController {

    private static final String MIGRATING = "10.200.1.1-53-udp";

    private final Balancer balancer;
    private final Writes writes;

    DownRealsController(Balancer balancer, Writes writes) {
        this.balancer = balancer;
        this.writes = writes;
    }

    @GetMapping
    @Operation(
            summary = "List the reals that are down for a VIP",
            description = "Those of which somebody said so, and those that are DISABLED in a VIP with the flag"
                    + " UDP_FLOW_MIGRATION. The set has an entity tag of its own; a page has none.")
    @Tagged
    ResponseEntity<DownRealsBody> listDownReals(
            @Parameter(example = MIGRATING) @PathVariable VipId vip, Paging paging) {
        Snapshot snapshot = balancer.snapshot();
        Paging.Page<DownRealBody> page =
                paging.cut(snapshot.configuration().require(vip).allDownReals(), Address::parse, DownRealBody::of);
        if (paging.partial()) {
            return Answers.untagged(
                    snapshot, new DownRealsBody(page.items(), page.next(), page.partial(), snapshot.revision()));
        }
        return Answers.resource(snapshot, new ResourceKey.OfDownReals(vip), DownRealsBody.whole(page.items()));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Say which reals are down for a VIP",
            description =
                    "Replaces what was said before, in one step. Reals that are DISABLED in the VIP are down whether"
                            + " they are sent or not. Needs the flag UDP_FLOW_MIGRATION.")
    @Returns(DownRealsBody.class)
    @Refuses({ProblemName.WRONG_FAMILY, ProblemName.PARTIAL_COLLECTION, ProblemName.DUPLICATE_MEMBER})
    ResponseEntity<Object> putDownReals(
            @Parameter(example = MIGRATING) @PathVariable VipId vip, @RequestBody DownRealsBody body, WriteCall call) {
        return Answers.written(
                writes.submit(new Change.ReplaceDownReals(vip, body.toReals()), call),
                new ResourceKey.OfDownReals(vip),
                after -> DownRealsBody.whole(all(after, vip)));
    }

    @GetMapping("/{address}")
    @Operation(summary = "Get a real that is down for a VIP", description = "And why it is.")
    @Tagged
    ResponseEntity<DownRealBody> getDownReal(
            @Parameter(example = MIGRATING) @PathVariable VipId vip, @PathVariable Address address) {
        Snapshot snapshot = balancer.snapshot();
        return Answers.resource(snapshot, new ResourceKey.OfDownReal(vip, address), one(snapshot, vip, address));
    }

    @PutMapping(path = "/{address}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Say that a real is down for a VIP",
            description =
                    "From the answer on, UDP flows that are with this real are placed anew by the ring, at their next"
                            + " packet. The ring itself stays as it is: while the real has a weight, flows can be placed there"
                            + " again. The real need not be one of the VIP's. Of a real that is DISABLED"
                            + " in the VIP nothing has to be said. Needs the flag UDP_FLOW_MIGRATION.")
    @Returns(value = DownRealBody.class, creates = true)
    @Refuses({ProblemName.KEY_MISMATCH, ProblemName.WRONG_FAMILY})
    ResponseEntity<Object> putDownReal(
            @Parameter(example = MIGRATING) @PathVariable VipId vip,
            @PathVariable Address address,
            @RequestBody DownRealBody body,
            WriteCall call) {
        body.requireFor(address);
        return Answers.written(
                writes.submit(new Change.PutDownReal(vip, address), call),
                new ResourceKey.OfDownReal(vip, address),
                after -> one(after, vip, address));
    }

    @DeleteMapping("/{address}")
    @Operation(
            summary = "Say that a real is not down for a VIP any more",
            description = "A real that is DISABLED in the VIP is down by that: enable it instead.")
    @Returns(Void.class)
    @Refuses(ProblemName.IN_USE)
    ResponseEntity<Object> deleteDownReal(
            @Parameter(example = MIGRATING) @PathVariable VipId vip, @PathVariable Address address, WriteCall call) {
        return Answers.deleted(writes.submit(new Change.DeleteDownReal(vip, address), call));
    }

    private static DownRealBody one(Snapshot snapshot, VipId vip, Address real) {
        return DownRealBody.of(real, snapshot.configuration().requireDownReal(vip, real));
    }

    private static List<DownRealBody> all(Snapshot snapshot, VipId vip) {
        List<DownRealBody> all = new ArrayList<>();
        snapshot.configuration()
                .require(vip)
                .allDownReals()
                .forEach((real, source) -> all.add(DownRealBody.of(real, source)));
        return all;
    }
}

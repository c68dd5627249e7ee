package io.makolb.web.healthcheck;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.Change;
import io.makolb.model.EntryKind;
import io.makolb.model.HealthMark;
import io.makolb.model.ResourceKey;
import io.makolb.web.http.Answers;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where marked packets go. */
@RestController
@RequestMapping(path = "/api/v1/healthcheck-marks", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Health checks", description = "Packets of health checkers, on the road of balanced packets")
class MarkController {

    private static final EntryKind<HealthMark, Address> KIND = EntryKind.HEALTHCHECK_MARKS;

    private final Balancer balancer;
    private final Writes writes;

    MarkController(Balancer balancer, Writes writes) {
        this.balancer = balancer;
        this.writes = writes;
    }

    @GetMapping
    @Operation(summary = "List marks", description = "Every mark with the real that its packets go to.")
    ResponseEntity<MarksBody> listHealthcheckMarks(Paging paging) {
        Snapshot snapshot = balancer.snapshot();
        Paging.Page<MarkBody> page =
                paging.cut(snapshot.configuration().entries().of(KIND), KIND::parse, MarkBody::of);
        return Answers.untagged(snapshot, new MarksBody(page.items(), page.next(), snapshot.revision()));
    }

    @GetMapping("/{mark}")
    @Operation(summary = "Get a mark", description = "The real that packets with this mark go to.")
    @Tagged
    ResponseEntity<MarkBody> getHealthcheckMark(@PathVariable HealthMark mark) {
        Snapshot snapshot = balancer.snapshot();
        return Answers.resource(snapshot, key(mark), body(snapshot, mark));
    }

    @PutMapping(path = "/{mark}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Send packets with a mark to a real",
            description =
                    "What a program of this machine sends with this mark (SO_MARK) leaves encapsulated to the real,"
                            + " whatever its destination. The real need not be in a VIP.")
    @Returns(value = MarkBody.class, creates = true)
    @Refuses({ProblemName.KEY_MISMATCH, ProblemName.FEATURE_OFF})
    ResponseEntity<Object> putHealthcheckMark(
            @PathVariable HealthMark mark, @RequestBody MarkBody body, WriteCall call) {
        Outcome outcome = writes.submit(new Change.PutEntry<>(KIND, mark, body.toReal(mark)), call);
        return Answers.written(outcome, key(mark), after -> body(after, mark));
    }

    @DeleteMapping("/{mark}")
    @Operation(
            summary = "Let packets with a mark be like all others",
            description = "They leave without an outer header from then on.")
    @Returns(Void.class)
    ResponseEntity<Object> deleteHealthcheckMark(@PathVariable HealthMark mark, WriteCall call) {
        return Answers.deleted(writes.submit(new Change.DeleteEntry<>(KIND, mark), call));
    }

    private static ResourceKey key(HealthMark mark) {
        return new ResourceKey.OfEntry(KIND, mark);
    }

    private static MarkBody body(Snapshot snapshot, HealthMark mark) {
        return MarkBody.of(mark, snapshot.configuration().require(KIND, mark));
    }
}

package io.makolb.web.dataplane;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Change;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.web.http.Answers;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Attaches and detaches the program. */
@RestController
@RequestMapping(path = "/api/v1/dataplane/attachment", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Dataplane")
class AttachmentController {

    private final Balancer balancer;
    private final Writes writes;

    AttachmentController(Balancer balancer, Writes writes) {
        this.balancer = balancer;
        this.writes = writes;
    }

    @GetMapping
    @Operation(
            summary = "Get whether the program is to be attached",
            description = "What is wanted; GET /dataplane tells what is so.")
    @Tagged
    ResponseEntity<AttachmentBody> getAttachment() {
        Snapshot snapshot = balancer.snapshot();
        return Answers.resource(snapshot, new ResourceKey.OfAttachment(), body(snapshot));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Attach the program to its interfaces",
            description = "Or detach it, with {\"attached\":false}.")
    @Returns(AttachmentBody.class)
    ResponseEntity<Object> putAttachment(@RequestBody AttachmentBody body, WriteCall call) {
        Outcome outcome = writes.submit(new Change.SetAttachment(body.wanted()), call);
        return Answers.written(outcome, new ResourceKey.OfAttachment(), AttachmentController::body);
    }

    @DeleteMapping
    @Operation(
            summary = "Detach the program",
            description =
                    "Packets are left to the host then; maps and connections stay. Refused with not-attached when it is.")
    @Returns(Void.class)
    @Refuses(ProblemName.NOT_ATTACHED)
    ResponseEntity<Object> deleteAttachment(WriteCall call) {
        Outcome outcome = writes.submit(new Change.SetAttachment(false), call);
        if (!outcome.changed() && outcome.plan().isEmpty()) {
            throw new Refusal(
                    Reason.NOT_ATTACHED,
                    "The program is not attached.",
                    "Attach it with PUT /api/v1/dataplane/attachment.");
        }
        return Answers.deleted(outcome);
    }

    private static AttachmentBody body(Snapshot snapshot) {
        return new AttachmentBody(snapshot.configuration().attached());
    }
}

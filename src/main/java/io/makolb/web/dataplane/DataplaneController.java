package io.makolb.web.dataplane;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Snapshot;
import io.makolb.plane.ForwardingPlane;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Flag;
import io.makolb.web.http.PlanBody;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Signature;
import io.makolb.web.http.Writes;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The forwarding plane as a whole. */
@RestController
@RequestMapping(path = "/api/v1/dataplane", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Dataplane", description = "The program in the kernel, its interfaces and their attachment")
class DataplaneController {

    private final Balancer balancer;
    private final ForwardingPlane plane;
    private final Writes writes;

    DataplaneController(Balancer balancer, ForwardingPlane plane, Writes writes) {
        this.balancer = balancer;
        this.plane = plane;
        this.writes = writes;
    }

    @GetMapping
    @Operation(
            summary = "Get the forwarding plane",
            description = "Program, interfaces, limits and use, memory, versions.")
    ResponseEntity<DataplaneBody> getDataplane() {
        return answer(balancer.snapshot());
    }

    @PostMapping("/reload")
    @Operation(
            summary = "Load the program anew",
            description = "Swaps it atomically; maps and connections stay. For changed settings or a new object.")
    @Refuses({
        ProblemName.FOREIGN_PLANE,
        ProblemName.WRITER_BUSY,
        ProblemName.STORE_UNAVAILABLE,
        ProblemName.PLANE_UNAVAILABLE,
        ProblemName.OUTCOME_UNKNOWN,
        ProblemName.STARTING,
        ProblemName.KERNEL_MEMORY
    })
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(oneOf = {DataplaneBody.class, PlanBody.class})))
    ResponseEntity<?> reloadDataplane(
            @RequestParam(required = false)
                    @Parameter(
                            description = "Only answer the plan of what would change",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @Nullable String dryRun,
            Signature signature) {
        return Flag.of("dryRun", dryRun)
                ? Answers.planned(writes.await(balancer.previewReload()))
                : answer(writes.await(balancer.reload()));
    }

    @PostMapping(path = "/adopt", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Decide for a foreign plane",
            description =
                    "When store and plane do not belong together, nothing is written until one side is chosen here.")
    @Refuses({
        ProblemName.IN_USE,
        ProblemName.WRITER_BUSY,
        ProblemName.STORE_UNAVAILABLE,
        ProblemName.PLANE_UNAVAILABLE,
        ProblemName.OUTCOME_UNKNOWN,
        ProblemName.STARTING,
        ProblemName.CAPACITY,
        ProblemName.STORE_FULL,
        ProblemName.KERNEL_MEMORY
    })
    @ApiResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(oneOf = {DataplaneBody.class, PlanBody.class})))
    ResponseEntity<?> adoptDataplane(
            @RequestBody AdoptBody body,
            @RequestParam(required = false)
                    @Parameter(
                            description = "Only answer the plan of what would change",
                            schema = @Schema(type = "boolean", defaultValue = "false"))
                    @Nullable String dryRun,
            Signature signature) {
        return Flag.of("dryRun", dryRun)
                ? Answers.planned(writes.await(balancer.previewAdopt(body.required())))
                : answer(writes.await(balancer.adopt(body.required(), signature.author(), signature.message())));
    }

    private ResponseEntity<DataplaneBody> answer(Snapshot snapshot) {
        return Answers.untagged(snapshot, DataplaneBody.of(snapshot, plane.facts(), plane.meta()));
    }
}

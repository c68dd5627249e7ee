package io.makolb.web.drift;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Drift;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Refuses;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the kernel holds what the configuration asks for. */
@RestController
@RequestMapping(path = "/api/v1/drift", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Drift", description = "Whether the kernel holds what the configuration asks for")
class DriftController {

    private final Drift drift;
    private final Balancer balancer;

    DriftController(Drift drift, Balancer balancer) {
        this.drift = drift;
        this.balancer = balancer;
    }

    @GetMapping
    @Operation(
            summary = "Get what the last comparison found",
            description = "Kernel and configuration are compared every mako.drift.interval.")
    ResponseEntity<DriftBody> getDrift() {
        return Answers.untagged(balancer.snapshot(), DriftBody.of(drift.latest()));
    }

    @PostMapping
    @Operation(
            summary = "Compare kernel and configuration now",
            description =
                    "Reads everything that packets obey back from the kernel, rings included. Nothing is repaired.")
    @Refuses({ProblemName.WRITER_BUSY, ProblemName.PLANE_UNAVAILABLE, ProblemName.CAPACITY})
    ResponseEntity<DriftBody> checkDrift() {
        DriftBody found = DriftBody.of(drift.check());
        return Answers.untagged(balancer.snapshot(), found);
    }
}

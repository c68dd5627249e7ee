package io.makolb.web.config;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Change;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The whole configuration. */
@RestController
@RequestMapping(path = "/api/v1/config", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Configuration", description = "Everything at once")
class ConfigController {

    private final Balancer balancer;
    private final Writes writes;

    ConfigController(Balancer balancer, Writes writes) {
        this.balancer = balancer;
        this.writes = writes;
    }

    @GetMapping
    @Operation(
            summary = "Get the whole configuration",
            description = "Keys are sorted and defaults absent: equal configurations are equal documents.")
    @Tagged
    ResponseEntity<ConfigBody> getConfig() {
        Snapshot snapshot = balancer.snapshot();
        return Answers.resource(snapshot, new ResourceKey.OfConfiguration(), ConfigBody.of(snapshot.configuration()));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Replace the whole configuration",
            description = "All or nothing, in one step. What the document does not name is removed.")
    @Returns(ConfigBody.class)
    @Refuses({
        ProblemName.IN_USE,
        ProblemName.MALFORMED_ID,
        ProblemName.WRONG_FAMILY,
        ProblemName.HOST_BITS,
        ProblemName.DUPLICATE_MEMBER,
        ProblemName.FEATURE_OFF
    })
    ResponseEntity<Object> putConfig(@RequestBody ConfigBody body, WriteCall call) {
        Change change = new Change.ReplaceConfiguration(body.toConfiguration(), body.wanted());
        return Answers.written(
                writes.submit(change, call),
                new ResourceKey.OfConfiguration(),
                after -> ConfigBody.of(after.configuration()));
    }
}

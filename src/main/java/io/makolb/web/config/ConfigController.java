package io.makolb.web.config;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Change;
import io.makolb.model.ResourceKey;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Patch;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import io.makolb.web.http.Writes;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.strict.MergePatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** The whole configuration. */
@RestController
@RequestMapping(path = "/api/v1/config", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Configuration", description = "Everything at once")
class ConfigController {

    private final Balancer balancer;
    private final Writes writes;
    private final MergePatch patches;
    private final ConfigFile file;

    ConfigController(Balancer balancer, Writes writes, MergePatch patches, ConfigFile file) {
        this.balancer = balancer;
        this.writes = writes;
        this.patches = patches;
        this.file = file;
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
        Change change = new Change.ReplaceConfiguration(body.toConfiguration(), body.wanted(), body.toBulk());
        return answer(writes.submit(change, call));
    }

    @PatchMapping(consumes = "application/merge-patch+json")
    @Operation(
            summary = "Change any part of the configuration",
            description =
                    "JSON merge patch (RFC 7396), all or nothing, in one step: null removes what it names, or returns it to its"
                            + " default. A VIP and its reals can be created together here.")
    @Patch(ConfigBody.class)
    @Returns(ConfigBody.class)
    @Refuses({
        ProblemName.IN_USE,
        ProblemName.MALFORMED_ID,
        ProblemName.WRONG_FAMILY,
        ProblemName.HOST_BITS,
        ProblemName.DUPLICATE_MEMBER,
        ProblemName.FEATURE_OFF
    })
    ResponseEntity<Object> patchConfig(@RequestBody ObjectNode patch, WriteCall call) {
        ConfigPatch read = new ConfigPatch(patch, patches);
        return answer(writes.submit(new Change.EditConfiguration(read::applyTo), call));
    }

    @PostMapping("/reload")
    @Operation(
            summary = "Apply the configuration file again",
            description = "Reads the file that mako.config-file names and replaces the whole configuration by it.")
    @Returns(ConfigBody.class)
    @Refuses({ProblemName.IN_USE, ProblemName.INVALID_VALUE, ProblemName.FEATURE_OFF})
    ResponseEntity<Object> reloadConfig(WriteCall call) {
        Outcome outcome = writes.submit(file.read(), call);
        if (outcome.plan().isEmpty()) {
            file.applied();
        }
        return answer(outcome);
    }

    private static ResponseEntity<Object> answer(Outcome outcome) {
        return Answers.written(
                outcome, new ResourceKey.OfConfiguration(), after -> ConfigBody.of(after.configuration()));
    }
}

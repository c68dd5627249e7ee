package io.makolb.web.healthcheck;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Change;
import io.makolb.model.Counted;
import io.makolb.model.EntryKind;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipId;
import io.makolb.stats.Stats;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Inclusion;
import io.makolb.web.http.Paging;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import io.makolb.web.http.Writes;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Destinations whose health checks are counted by themselves. */
@RestController
@RequestMapping(path = "/api/v1/healthcheck-keys", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Health checks")
class KeyController {

    private static final EntryKind<VipId, Counted> KIND = EntryKind.HEALTHCHECK_KEYS;

    private final Balancer balancer;
    private final Writes writes;
    private final Stats stats;

    KeyController(Balancer balancer, Writes writes, Stats stats) {
        this.balancer = balancer;
        this.writes = writes;
        this.stats = stats;
    }

    @GetMapping
    @Operation(
            summary = "List counted destinations",
            description = "Destinations whose health checks are counted; with include=status also how many there were.")
    ResponseEntity<KeysBody> listHealthcheckKeys(Paging paging, Inclusion include) {
        Snapshot snapshot = balancer.snapshot();
        Paging.Page<KeyBody> page = paging.cut(
                snapshot.configuration().entries().of(KIND),
                KIND::parse,
                (key, counted) -> KeyBody.of(key, status(key, include)));
        return Answers.untagged(snapshot, new KeysBody(page.items(), page.next(), snapshot.revision()));
    }

    @GetMapping("/{vip}")
    @Operation(
            summary = "Get a counted destination",
            description = "With include=status also the health checks sent to it since it is counted.")
    @Tagged
    ResponseEntity<KeyBody> getHealthcheckKey(@PathVariable VipId vip, Inclusion include) {
        Snapshot snapshot = balancer.snapshot();
        KeyBody body = body(snapshot, vip, status(vip, include));
        return include.status() ? Answers.untagged(snapshot, body) : Answers.resource(snapshot, key(vip), body);
    }

    @PutMapping(path = "/{vip}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Count the health checks to a destination",
            description =
                    "The destination is what health checkers connect to. It need not be a VIP; port 0 counts every port"
                            + " that is not counted by itself.")
    @Returns(value = KeyBody.class, creates = true)
    @Refuses({ProblemName.FEATURE_OFF})
    ResponseEntity<Object> putHealthcheckKey(@PathVariable VipId vip, @RequestBody KeyBody body, WriteCall call) {
        Outcome outcome = writes.submit(new Change.PutEntry<>(KIND, vip, Counted.COUNTED), call);
        return Answers.written(outcome, key(vip), after -> body(after, vip, null));
    }

    @DeleteMapping("/{vip}")
    @Operation(
            summary = "Stop counting the health checks to a destination",
            description = "Its counters are gone; put again, it begins at 0.")
    @Returns(Void.class)
    ResponseEntity<Object> deleteHealthcheckKey(@PathVariable VipId vip, WriteCall call) {
        return Answers.deleted(writes.submit(new Change.DeleteEntry<>(KIND, vip), call));
    }

    private static ResourceKey key(VipId vip) {
        return new ResourceKey.OfEntry(KIND, vip);
    }

    private @Nullable KeyStatusBody status(VipId key, Inclusion include) {
        return include.status() ? KeyStatusBody.of(stats.latest().healthcheck(key)) : null;
    }

    private static KeyBody body(Snapshot snapshot, VipId key, @Nullable KeyStatusBody status) {
        snapshot.configuration().require(KIND, key);
        return KeyBody.of(key, status);
    }
}

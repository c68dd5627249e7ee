package io.makolb.web.decap;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.Change;
import io.makolb.model.DecapDestination;
import io.makolb.model.EntryKind;
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

/** Addresses at which tunnels end. */
@RestController
@RequestMapping(path = "/api/v1/decap-destinations", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Decap destinations", description = "Addresses at which tunnels end")
class DecapDestinationController {

    private static final EntryKind<Address, DecapDestination> KIND = EntryKind.DECAP_DESTINATIONS;

    private final Balancer balancer;
    private final Writes writes;

    DecapDestinationController(Balancer balancer, Writes writes) {
        this.balancer = balancer;
        this.writes = writes;
    }

    @GetMapping
    @Operation(
            summary = "List decap destinations",
            description = "All of them, ordered by address; whole, or in pages.")
    ResponseEntity<DecapDestinationsBody> listDecapDestinations(Paging paging) {
        Snapshot snapshot = balancer.snapshot();
        Paging.Page<DecapDestinationBody> page =
                paging.cut(snapshot.configuration().entries().of(KIND), KIND::parse, DecapDestinationBody::of);
        return Answers.untagged(snapshot, new DecapDestinationsBody(page.items(), page.next(), snapshot.revision()));
    }

    @GetMapping("/{address}")
    @Operation(summary = "Get a decap destination", description = "What becomes of what was inside its tunnels.")
    @Tagged
    ResponseEntity<DecapDestinationBody> getDecapDestination(@PathVariable Address address) {
        Snapshot snapshot = balancer.snapshot();
        return Answers.resource(snapshot, key(address), body(snapshot, address));
    }

    @PutMapping(path = "/{address}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Create or replace a decap destination",
            description = "Tunnels to this address end here. Needs `mako.forwarding.inline-decap`.")
    @Returns(value = DecapDestinationBody.class, creates = true)
    @Refuses({ProblemName.KEY_MISMATCH, ProblemName.FEATURE_OFF})
    ResponseEntity<Object> putDecapDestination(
            @PathVariable Address address, @RequestBody DecapDestinationBody body, WriteCall call) {
        Outcome outcome = writes.submit(new Change.PutEntry<>(KIND, address, body.toDestination(address)), call);
        return Answers.written(outcome, key(address), after -> body(after, address));
    }

    @DeleteMapping("/{address}")
    @Operation(
            summary = "Delete a decap destination",
            description = "Tunnels to this address are treated as those to any other.")
    @Returns(Void.class)
    ResponseEntity<Object> deleteDecapDestination(@PathVariable Address address, WriteCall call) {
        return Answers.deleted(writes.submit(new Change.DeleteEntry<>(KIND, address), call));
    }

    private static ResourceKey key(Address address) {
        return new ResourceKey.OfEntry(KIND, address);
    }

    private static DecapDestinationBody body(Snapshot snapshot, Address address) {
        return DecapDestinationBody.of(address, snapshot.configuration().require(KIND, address));
    }
}

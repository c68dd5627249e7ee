package io.makolb.web.real;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.RealAttributes;
import io.makolb.model.ResourceKey;
import io.makolb.stats.Connections;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Inclusion;
import io.makolb.web.http.Paging;
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
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Reals, whatever VIPs use them. */
@RestController
@RequestMapping(path = "/api/v1/reals", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reals", description = "Servers, whatever VIPs use them")
class RealController {

    private final Balancer balancer;
    private final Writes writes;
    private final MergePatch patches;
    private final Connections connections;

    RealController(Balancer balancer, Writes writes, MergePatch patches, Connections connections) {
        this.balancer = balancer;
        this.writes = writes;
        this.patches = patches;
        this.connections = connections;
    }

    @GetMapping
    @Operation(
            summary = "List reals",
            description = "Ordered by address; whole, or in pages. With include=status, with the VIPs that use each.")
    ResponseEntity<RealsBody> listReals(Paging paging, Inclusion include) {
        Snapshot snapshot = balancer.snapshot();
        Configuration configuration = snapshot.configuration();
        Optional<Connections.Count> count = include.status() ? connections.count() : Optional.empty();
        Paging.Page<RealBody> page = paging.cut(
                users(configuration),
                Address::parse,
                (real, vips) -> RealBody.of(
                        real,
                        configuration.reals().getOrDefault(real, RealAttributes.DEFAULT),
                        include.status() ? RealStatusBody.of(snapshot, real, vips, count) : null));
        return Answers.untagged(snapshot, new RealsBody(page.items(), page.next(), snapshot.revision()));
    }

    @GetMapping("/{address}")
    @Operation(summary = "Get a real", description = "Its attributes; with include=status, the VIPs that use it.")
    @Tagged
    ResponseEntity<RealBody> getReal(@PathVariable Address address, Inclusion include) {
        Snapshot snapshot = balancer.snapshot();
        snapshot.configuration().require(address);
        RealBody body = RealBody.of(snapshot, address);
        if (!include.status()) {
            return Answers.resource(snapshot, new ResourceKey.OfReal(address), body);
        }
        List<String> vips = users(snapshot.configuration()).getOrDefault(address, List.of());
        RealStatusBody status = RealStatusBody.of(snapshot, address, vips, connections.count());
        return Answers.untagged(snapshot, body.with(status));
    }

    @PutMapping(path = "/{address}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Set the attributes of a real",
            description = "A real comes into being when a VIP uses it, or when it gets an attribute of its own.")
    @Returns(value = RealBody.class, creates = true)
    @Refuses({ProblemName.KEY_MISMATCH, ProblemName.FEATURE_OFF})
    ResponseEntity<Object> putReal(@PathVariable Address address, @RequestBody RealBody body, WriteCall call) {
        return answer(writes.submit(new Change.PutReal(address, body.toAttributes(address)), call), address);
    }

    @PatchMapping(path = "/{address}", consumes = "application/merge-patch+json")
    @Operation(
            summary = "Change attributes of a real",
            description = "JSON merge patch (RFC 7396): null returns a member to its default.")
    @Patch(RealBody.class)
    @Returns(RealBody.class)
    @Refuses({ProblemName.KEY_MISMATCH, ProblemName.FEATURE_OFF})
    ResponseEntity<Object> patchReal(@PathVariable Address address, @RequestBody ObjectNode patch, WriteCall call) {
        patches.check(patch, RealBody.class);
        Change change = new Change.EditReal(
                address,
                before -> patches.apply(RealBody.of(address, before, null), patch, RealBody.class)
                        .toAttributes(address));
        return answer(writes.submit(change, call), address);
    }

    /** Every real with the VIPs that use it. */
    private static NavigableMap<Address, List<String>> users(Configuration configuration) {
        NavigableMap<Address, List<String>> users = new TreeMap<>();
        configuration.reals().keySet().forEach(real -> users.put(real, new ArrayList<>()));
        configuration.bulk().reals().forEach(real -> users.putIfAbsent(real, new ArrayList<>()));
        configuration
                .vips()
                .forEach((id, entry) -> entry.members()
                        .keySet()
                        .forEach(real -> users.computeIfAbsent(real, any -> new ArrayList<>())
                                .add(id.toString())));
        return users;
    }

    private static ResponseEntity<Object> answer(Outcome outcome, Address real) {
        return Answers.written(outcome, new ResourceKey.OfReal(real), after -> RealBody.of(after, real));
    }
}

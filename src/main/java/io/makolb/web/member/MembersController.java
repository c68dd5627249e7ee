package io.makolb.web.member;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.Change;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import io.makolb.stats.Connections;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Inclusion;
import io.makolb.web.http.Paging;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import io.makolb.web.http.Writes;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.vip.RingShares;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The reals of a VIP, as a set. */
@RestController
@RequestMapping(path = "/api/v1/vips/{vip}/reals", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reals of a VIP", description = "Where the packets of a VIP go")
class MembersController {

    private final Balancer balancer;
    private final Writes writes;
    private final RingShares shares;
    private final Connections connections;

    MembersController(Balancer balancer, Writes writes, RingShares shares, Connections connections) {
        this.balancer = balancer;
        this.writes = writes;
        this.shares = shares;
        this.connections = connections;
    }

    @GetMapping
    @Operation(
            summary = "List the reals of a VIP",
            description = "The set has an entity tag of its own; a page has none.")
    @Tagged
    ResponseEntity<MembersBody> listMembers(@PathVariable VipId vip, Paging paging, Inclusion include) {
        Snapshot snapshot = balancer.snapshot();
        VipEntry entry = snapshot.configuration().require(vip);
        Optional<Connections.Count> count = include.status() ? connections.count() : Optional.empty();
        Paging.Page<MemberBody> page = paging.cut(
                entry.members(),
                Address::parse,
                (real, member) -> MemberBody.of(
                        member, include.status() ? MemberStatusBody.of(snapshot, vip, member, shares, count) : null));
        if (paging.partial()) {
            return Answers.untagged(
                    snapshot, new MembersBody(page.items(), page.next(), page.partial(), snapshot.revision()));
        }
        MembersBody body = MembersBody.whole(page.items());
        return include.status()
                ? Answers.untagged(snapshot, body)
                : Answers.resource(snapshot, new ResourceKey.OfMembers(vip), body);
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Replace the reals of a VIP", description = "In one step: one ring is built.")
    @Returns(MembersBody.class)
    @Refuses({ProblemName.WRONG_FAMILY, ProblemName.PARTIAL_COLLECTION, ProblemName.DUPLICATE_MEMBER})
    ResponseEntity<Object> putMembers(@PathVariable VipId vip, @RequestBody MembersBody body, WriteCall call) {
        return answer(writes.submit(new Change.ReplaceMembers(vip, body.toMembers(vip)), call), vip);
    }

    @PostMapping(path = "/edits", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Edit the reals of a VIP",
            description = "Puts some and removes others, all or nothing: one ring is built.")
    @Returns(MembersBody.class)
    @Refuses({ProblemName.WRONG_FAMILY, ProblemName.DUPLICATE_MEMBER})
    ResponseEntity<Object> editMembers(@PathVariable VipId vip, @RequestBody EditsBody body, WriteCall call) {
        return answer(writes.submit(body.toChange(vip), call), vip);
    }

    private static ResponseEntity<Object> answer(Outcome outcome, VipId vip) {
        return Answers.written(
                outcome,
                new ResourceKey.OfMembers(vip),
                after -> MembersBody.whole(after.configuration().require(vip).members().values().stream()
                        .map(member -> MemberBody.of(member, null))
                        .toList()));
    }
}

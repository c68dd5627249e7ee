package io.makolb.web.member;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.Change;
import io.makolb.model.Membership;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipId;
import io.makolb.stats.Connections;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Inclusion;
import io.makolb.web.http.Patch;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import io.makolb.web.http.Writes;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.strict.MergePatch;
import io.makolb.web.vip.RingShares;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** One real of a VIP; 'edits' is none, but has methods of its own. */
@RestController
@RequestMapping(path = "/api/v1/vips/{vip}/reals/{address:(?!edits$).*}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Reals of a VIP")
class MemberController {

    private final Balancer balancer;
    private final Writes writes;
    private final RingShares shares;
    private final Connections connections;
    private final MergePatch patches;

    MemberController(Balancer balancer, Writes writes, MergePatch patches, RingShares shares, Connections connections) {
        this.balancer = balancer;
        this.writes = writes;
        this.shares = shares;
        this.connections = connections;
        this.patches = patches;
    }

    @GetMapping
    @Operation(summary = "Get a real of a VIP", description = "Its weight and whether it gets new flows.")
    @Tagged
    ResponseEntity<MemberBody> getMember(@PathVariable VipId vip, @PathVariable Address address, Inclusion include) {
        Snapshot snapshot = balancer.snapshot();
        Membership member = require(snapshot, vip, address);
        return include.status()
                ? Answers.untagged(
                        snapshot,
                        MemberBody.of(member, MemberStatusBody.of(snapshot, vip, member, shares, connections.count())))
                : Answers.resource(snapshot, new ResourceKey.OfMembership(vip, address), MemberBody.of(member, null));
    }

    @PutMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Put a real into a VIP, or replace it there",
            description = "Members that are absent take their defaults.")
    @Returns(value = MemberBody.class, creates = true)
    @Refuses({ProblemName.KEY_MISMATCH, ProblemName.WRONG_FAMILY})
    ResponseEntity<Object> putMember(
            @PathVariable VipId vip, @PathVariable Address address, @RequestBody MemberBody body, WriteCall call) {
        Change change = new Change.PutMembership(vip, body.toMembership(vip, address));
        return answer(writes.submit(change, call), vip, address);
    }

    @PatchMapping(consumes = "application/merge-patch+json")
    @Operation(
            summary = "Change a real of a VIP",
            description = "JSON merge patch (RFC 7396): null returns a member to its default.")
    @Patch(MemberBody.class)
    @Returns(MemberBody.class)
    @Refuses(ProblemName.KEY_MISMATCH)
    ResponseEntity<Object> patchMember(
            @PathVariable VipId vip, @PathVariable Address address, @RequestBody ObjectNode patch, WriteCall call) {
        patches.check(patch, MemberBody.class);
        Change change = new Change.EditMembership(
                vip,
                address,
                before -> patches.apply(MemberBody.of(before, null), patch, MemberBody.class)
                        .toMembership(vip, address));
        return answer(writes.submit(change, call), vip, address);
    }

    @DeleteMapping
    @Operation(summary = "Take a real out of a VIP", description = "Connections to it go on; new ones go elsewhere.")
    @Returns(Void.class)
    ResponseEntity<Object> deleteMember(@PathVariable VipId vip, @PathVariable Address address, WriteCall call) {
        return Answers.deleted(writes.submit(new Change.DeleteMembership(vip, address), call));
    }

    @GetMapping("/status")
    @Operation(
            summary = "Get the operational state of a real in a VIP",
            description = "Whether packets obey its configuration, and if not, why.")
    ResponseEntity<MemberStatusBody> getMemberStatus(@PathVariable VipId vip, @PathVariable Address address) {
        Snapshot snapshot = balancer.snapshot();
        return Answers.untagged(
                snapshot,
                MemberStatusBody.of(snapshot, vip, require(snapshot, vip, address), shares, connections.count()));
    }

    private static Membership require(Snapshot snapshot, VipId vip, Address real) {
        Membership member = snapshot.configuration().require(vip).members().get(real);
        if (member == null) {
            throw new Refusal(
                    Reason.NOT_FOUND,
                    "VIP " + vip + " exists, but " + real + " is not one of its reals.",
                    "List them with GET /api/v1/vips/" + vip + "/reals.");
        }
        return member;
    }

    private static ResponseEntity<Object> answer(Outcome outcome, VipId vip, Address real) {
        return Answers.written(
                outcome,
                new ResourceKey.OfMembership(vip, real),
                after -> MemberBody.of(require(after, vip, real), null));
    }
}

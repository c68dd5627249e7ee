package io.makolb.web.vip;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Change;
import io.makolb.model.ResourceKey;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Flag;
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
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** VIPs. */
@RestController
@RequestMapping(path = "/api/v1/vips", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "VIPs", description = "What clients connect to")
class VipController {

    private final Balancer balancer;
    private final Writes writes;
    private final MergePatch patches;
    private final VipStatuses statuses;

    VipController(Balancer balancer, Writes writes, MergePatch patches, VipStatuses statuses) {
        this.balancer = balancer;
        this.writes = writes;
        this.patches = patches;
        this.statuses = statuses;
    }

    @GetMapping
    @Operation(summary = "List VIPs", description = "Ordered by identity; whole, or in pages with limit and cursor.")
    ResponseEntity<VipsBody> listVips(
            @RequestParam(required = false)
                    @Parameter(
                            description = "Labels that a VIP must have: key=value or key, several separated by commas",
                            example = "env=prod,team")
                    @Nullable String label,
            Paging paging,
            Inclusion include) {
        LabelSelector selector = LabelSelector.of(label);
        Snapshot snapshot = balancer.snapshot();
        Paging.Page<VipBody> page = paging.cut(
                selected(snapshot.configuration().vips(), selector),
                VipId::parse,
                (id, entry) -> VipBody.of(entry.vip(), status(snapshot, id, include)));
        return Answers.untagged(snapshot, new VipsBody(page.items(), page.next(), snapshot.revision()));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(summary = "Create a VIP", description = "Refused with already-exists when it is there; PUT replaces.")
    @Returns(value = VipBody.class, creates = true)
    @Refuses({
        ProblemName.ALREADY_EXISTS,
        ProblemName.IN_USE,
        ProblemName.HOST_BITS,
        ProblemName.DUPLICATE_MEMBER,
        ProblemName.FEATURE_OFF
    })
    ResponseEntity<Object> createVip(@RequestBody VipBody body, WriteCall call) {
        Vip vip = body.toNewVip();
        return answer(writes.submit(new Change.CreateVip(vip), call), vip.id());
    }

    @GetMapping("/{vip}")
    @Operation(
            summary = "Get a VIP",
            description = "Its configuration, without its reals: they are a resource of their own.")
    @Tagged
    ResponseEntity<VipBody> getVip(@PathVariable VipId vip, Inclusion include) {
        Snapshot snapshot = balancer.snapshot();
        VipEntry entry = snapshot.configuration().require(vip);
        VipBody body = VipBody.of(entry.vip(), status(snapshot, vip, include));
        return include.status()
                ? Answers.untagged(snapshot, body)
                : Answers.resource(snapshot, new ResourceKey.OfVip(vip), body);
    }

    @PutMapping(path = "/{vip}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            summary = "Create or replace a VIP",
            description = "Members that are absent take their defaults. The reals of the VIP stay.")
    @Returns(value = VipBody.class, creates = true)
    @Refuses({ProblemName.IN_USE, ProblemName.KEY_MISMATCH, ProblemName.DUPLICATE_MEMBER, ProblemName.FEATURE_OFF})
    ResponseEntity<Object> putVip(@PathVariable VipId vip, @RequestBody VipBody body, WriteCall call) {
        return answer(writes.submit(new Change.PutVip(body.toVip(vip)), call), vip);
    }

    @PatchMapping(path = "/{vip}", consumes = "application/merge-patch+json")
    @Operation(
            summary = "Change a VIP",
            description = "JSON merge patch (RFC 7396): null returns a member to its default.")
    @Patch(VipBody.class)
    @Returns(VipBody.class)
    @Refuses({ProblemName.IN_USE, ProblemName.KEY_MISMATCH, ProblemName.DUPLICATE_MEMBER})
    ResponseEntity<Object> patchVip(@PathVariable VipId vip, @RequestBody ObjectNode patch, WriteCall call) {
        patches.check(patch, VipBody.class);
        Change change = new Change.EditVip(
                vip,
                before -> patches.apply(VipBody.of(before, null), patch, VipBody.class)
                        .toVip(vip));
        return answer(writes.submit(change, call), vip);
    }

    @DeleteMapping("/{vip}")
    @Operation(summary = "Delete a VIP with its reals", description = "Its packets are left to the host from then on.")
    @Returns(Void.class)
    ResponseEntity<Object> deleteVip(@PathVariable VipId vip, WriteCall call) {
        return Answers.deleted(writes.submit(new Change.DeleteVip(vip), call));
    }

    @GetMapping("/{vip}/status")
    @Operation(
            summary = "Get the operational state of a VIP",
            description = "Whether packets obey its configuration, and if not, why.")
    ResponseEntity<VipStatusBody> getVipStatus(@PathVariable VipId vip) {
        Snapshot snapshot = balancer.snapshot();
        return Answers.untagged(snapshot, statuses.of(snapshot, vip));
    }

    @GetMapping("/{vip}/ring")
    @Operation(
            summary = "Get the ring of a VIP",
            description =
                    "Digest, and slots and share of each real. Equal digests on two machines mean equal decisions.")
    ResponseEntity<RingBody> getVipRing(
            @PathVariable VipId vip,
            @RequestParam(required = false)
                    @Parameter(description = "Add the real of every slot", schema = @Schema(type = "boolean"))
                    @Nullable String full) {
        Snapshot snapshot = balancer.snapshot();
        return Answers.untagged(snapshot, RingBody.of(snapshot, vip, Flag.of("full", full)));
    }

    private static NavigableMap<VipId, VipEntry> selected(NavigableMap<VipId, VipEntry> vips, LabelSelector selector) {
        if (selector.isEmpty()) {
            return vips;
        }
        NavigableMap<VipId, VipEntry> selected = new TreeMap<>((Map<VipId, VipEntry>) vips);
        selected.values().removeIf(entry -> !selector.matches(entry.vip().labels()));
        return selected;
    }

    private @Nullable VipStatusBody status(Snapshot snapshot, VipId id, Inclusion include) {
        return include.status() ? statuses.of(snapshot, id) : null;
    }

    private static ResponseEntity<Object> answer(Outcome outcome, VipId id) {
        Function<Snapshot, Object> body =
                after -> VipBody.of(after.configuration().require(id).vip(), null);
        return Answers.written(outcome, new ResourceKey.OfVip(id), body);
    }
}

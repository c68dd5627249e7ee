package io.makolb.web.vip;

import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.Membership;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import io.makolb.plane.MemberImage;
import io.makolb.plane.VipImage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has become of a VIP's configuration. */
@Schema(name = "VipStatus", description = "What has become of a VIP's configuration")
public record VipStatusBody(
        @Schema(description = "APPLIED: packets obey the configuration; PENDING: not yet")
        State state,

        @Schema(description = "Why they do not; absent when they do") @Nullable String trouble,

        @Schema(
                description =
                        "What happens to its packets: SERVING = they are sent on to reals; EMPTY = there is no real, onEmpty decides; ABSENT = the kernel does not know the VIP")
        Serving serving,

        @Schema(description = "Its number in the kernel; absent while it has none", example = "3") @Nullable Integer number,

        @Schema(description = "Reals that new flows can be placed on", example = "2")
        int activeReals,

        @Schema(description = "What is dangerous about it, or has no effect, for people; absent when nothing is")
        @Nullable List<String> warnings) {

    /** Whether packets obey the configuration. */
    public enum State {
        APPLIED,
        PENDING
    }

    /** What happens to packets. */
    public enum Serving {
        /** They are sent on to reals. */
        SERVING,
        /** There is no real to send them to: onEmpty decides. */
        EMPTY,
        /** The kernel does not know the VIP. */
        ABSENT
    }

    /** The status of a VIP that exists. */
    static VipStatusBody of(Snapshot snapshot, VipId id, List<String> warnings) {
        VipEntry wanted = snapshot.configuration().require(id);
        VipImage held = snapshot.image().vips().get(id);
        boolean applied = held != null && obeys(held, wanted);
        int active = (int) wanted.members().values().stream()
                .filter(member -> member.effectiveWeight() > 0)
                .count();
        return new VipStatusBody(
                applied ? State.APPLIED : State.PENDING,
                applied ? null : trouble(snapshot),
                held == null ? Serving.ABSENT : held.ringRecipe() == 0 ? Serving.EMPTY : Serving.SERVING,
                held == null ? null : held.number(),
                active,
                warnings.isEmpty() ? null : warnings);
    }

    /** Why the kernel does not hold what the configuration says. */
    public static String trouble(Snapshot snapshot) {
        String sentence = snapshot.condition().sentence();
        return sentence.isEmpty() ? "The change is on its way." : sentence;
    }

    private static boolean obeys(VipImage held, VipEntry wanted) {
        if (held.flags() != wanted.vip().flagBits()
                || held.hashFunction() != wanted.vip().hashFunction()
                || held.onEmpty() != wanted.vip().onEmpty()
                || held.members().size() != wanted.members().size()
                || !held.downReals().equals(wanted.allDownReals().keySet())) {
            return false;
        }
        for (Map.Entry<Address, Membership> member : wanted.members().entrySet()) {
            if (!obeys(held.members().get(member.getKey()), member.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Whether the kernel holds a membership as it is wanted. */
    public static boolean obeys(@Nullable MemberImage held, Membership wanted) {
        return held != null
                && held.weight() == wanted.weight()
                && held.enabled() == (wanted.adminState() == AdminState.ENABLED);
    }
}

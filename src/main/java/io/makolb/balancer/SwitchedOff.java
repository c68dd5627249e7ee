package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipId;
import java.util.List;
import java.util.Optional;

/** Tells of VIPs that were admitted while something was switched on that is off now: they stay, but packets do not see it. */
public final class SwitchedOff {

    private final FeatureCheck features;

    SwitchedOff(FeatureCheck features) {
        this.features = features;
    }

    /** Why a VIP would be refused today, with what to do about it; absent: it would not. */
    public Optional<Refusal> objection(Configuration configuration, VipId vip) {
        Difference entered = new Difference(Difference.Kind.CREATED, new ResourceKey.OfVip(vip));
        try {
            features.check(configuration, List.of(entered), false);
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(refusal);
        }
    }
}

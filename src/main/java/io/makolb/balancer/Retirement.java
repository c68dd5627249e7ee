package io.makolb.balancer;

import io.makolb.model.Observation.Reclaimed;
import java.util.Set;

/**
 * What the projection must know of retired numbers.
 *
 * @param reclaimed purged: they are free from now on
 * @param busyVips being purged just now: nobody may use them
 * @param busyReals being purged just now: nobody may use them
 * @param lend only look: retired numbers count as free
 */
record Retirement(Reclaimed reclaimed, Set<Integer> busyVips, Set<Integer> busyReals, boolean lend) {

    private static final Reclaimed NONE = new Reclaimed(Set.of(), Set.of());

    /** Nothing is being purged. */
    static final Retirement QUIET = new Retirement(NONE, Set.of(), Set.of(), false);

    /** For a look at what would happen, which is not held up by a purge that would come first. */
    static final Retirement LENDING = new Retirement(NONE, Set.of(), Set.of(), true);

    /** A purge is under way. */
    static Retirement busy(Set<Integer> vips, Set<Integer> reals) {
        return new Retirement(NONE, vips, reals, false);
    }

    /** A purge has ended. */
    static Retirement after(Reclaimed reclaimed) {
        return new Retirement(reclaimed, Set.of(), Set.of(), false);
    }
}

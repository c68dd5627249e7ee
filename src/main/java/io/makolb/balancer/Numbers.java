package io.makolb.balancer;

import io.makolb.plane.PlaneFullException;
import io.makolb.plane.PlaneFullException.Limit;
import java.util.BitSet;
import java.util.Collection;

/** Gives out the lowest numbers that nobody uses. */
final class Numbers {

    private final Limit limit;
    private final String what;
    private final int first;
    private final int end;
    private final BitSet taken = new BitSet();

    /**
     * Numbers from {@code first} to {@code end - 1}.
     *
     * @param what they number, in the plural, for messages
     */
    Numbers(Limit limit, String what, int first, int end) {
        this.limit = limit;
        this.what = what;
        this.first = first;
        this.end = end;
    }

    Numbers without(Collection<Integer> used) {
        used.forEach(taken::set);
        return this;
    }

    void take(int number) {
        taken.set(number);
    }

    void release(int number) {
        taken.clear(number);
    }

    /**
     * Checks that so many are allowed at all, and that those that come find room beside those that go: packets meet the old
     * owner of a number until the very end of a change, so a number cannot change owners within one.
     *
     * @param live in force now
     * @param wanted in force afterwards
     * @param entering of them, those that are not in force now
     * @throws PlaneFullException when the limit is lower
     */
    void requireRoom(int live, int wanted, int entering) {
        int size = end - first;
        if (wanted > size) {
            throw new PlaneFullException(
                    limit, live, size, "The plane has room for " + size + " " + what + ", not for " + wanted + ".", 0);
        }
        if (live + entering > size) {
            throw new PlaneFullException(
                    limit,
                    live,
                    size,
                    "The plane has room for " + size + " " + what + ", and " + entering
                            + " new ones cannot take the place of " + live
                            + " within one change: first take out those that shall go.",
                    0);
        }
    }

    /** @throws NumbersRetiredException when only retired ones are left */
    int next() {
        int number = taken.nextClearBit(first);
        if (number >= end) {
            throw new NumbersRetiredException("All unused numbers of " + what + " are retired.");
        }
        taken.set(number);
        return number;
    }
}

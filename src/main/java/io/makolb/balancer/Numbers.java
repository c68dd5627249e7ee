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
     * Checks that so many are allowed at all.
     *
     * @throws PlaneFullException when the limit is lower
     */
    void requireRoom(int used, int wanted) {
        int size = end - first;
        if (wanted > size) {
            throw new PlaneFullException(
                    limit, used, size, "The plane has room for " + size + " " + what + ", not for " + wanted + ".", 0);
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

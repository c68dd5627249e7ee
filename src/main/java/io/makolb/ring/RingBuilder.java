package io.makolb.ring;

import io.makolb.model.HashFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds rings. Keeps its scratch memory from one build to the next, so that building 512 rings allocates little more than the
 * rings; an instance therefore belongs to one thread at a time.
 */
public final class RingBuilder {

    private final SlotWalk walk = new SlotWalk();
    private final MaglevV2 maglevV2 = new MaglevV2();
    private final List<Endpoint> ordered = new ArrayList<>();
    private int[] weights = {};

    /**
     * Builds the ring of a VIP. The order of the endpoints does not matter; endpoints of weight 0 get no slot, whatever the
     * function.
     *
     * @param function how slots are shared out
     * @param endpoints the reals of the VIP, each number at most once
     * @param ringSize the number of slots: a prime from 2 to {@link Ring#MAX_SIZE}, so that every permutation visits every slot
     * @return the ring; without an endpoint of a weight above 0, a ring whose slots all hold {@link Ring#NO_REAL}
     * @throws IllegalArgumentException if the ring size is not such a prime
     */
    public Ring build(HashFunction function, List<Endpoint> endpoints, int ringSize) {
        requirePrime(ringSize);
        order(endpoints);
        walk.start(ordered, ringSize);
        if (!ordered.isEmpty()) {
            fill(function);
        }
        return new Ring(walk.slots());
    }

    private void order(List<Endpoint> endpoints) {
        ordered.clear();
        for (Endpoint endpoint : endpoints) {
            if (endpoint.weight() > 0) {
                ordered.add(endpoint);
            }
        }
        ordered.sort(RingBuilder::byHash);
    }

    /** Numbers break the tie of equal hashes, which two addresses practically never have, to make the outcome repeatable. */
    private static int byHash(Endpoint a, Endpoint b) {
        int order = Long.compareUnsigned(a.hash(), b.hash());
        return order != 0 ? order : Integer.compare(a.num(), b.num());
    }

    private void fill(HashFunction function) {
        int count = ordered.size();
        if (weights.length < count) {
            weights = new int[count];
        }
        for (int i = 0; i < count; i++) {
            weights[i] = ordered.get(i).weight();
        }
        switch (function) {
            case MAGLEV -> MaglevV1.fill(walk, weights, count);
            case MAGLEV_V2 -> maglevV2.fill(walk, weights, count);
        }
    }

    private static void requirePrime(int ringSize) {
        if (ringSize < 2 || ringSize > Ring.MAX_SIZE) {
            throw new IllegalArgumentException("ring size " + ringSize + " is not in 2 to " + Ring.MAX_SIZE);
        }
        for (int divisor = 2; divisor * divisor <= ringSize; divisor++) {
            if (ringSize % divisor == 0) {
                throw new IllegalArgumentException(
                        "ring size " + ringSize + " is not a prime: " + divisor + " divides it");
            }
        }
    }
}

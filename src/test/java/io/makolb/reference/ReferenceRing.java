package io.makolb.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ring of a service from the addresses and weights of its reals. */
public enum ReferenceRing {

    /** Maglev that respects weights. */
    MAGLEV_V2 {
        @Override
        int[] numbers(List<NaiveMaglev.Member> members, int ringSize) {
            return NaiveMaglev.v2(members, ringSize);
        }
    },
    /** Maglev as Katran has it by default. */
    MAGLEV {
        @Override
        int[] numbers(List<NaiveMaglev.Member> members, int ringSize) {
            return NaiveMaglev.v1(members, ringSize);
        }
    };

    abstract int[] numbers(List<NaiveMaglev.Member> members, int ringSize);

    /**
     * The real of each slot.
     *
     * @param weights weight of each real; one of weight 0 gets no slot
     * @return without slots if no real has a weight above 0
     */
    public List<Ip> of(Map<Ip, Integer> weights, int ringSize) {
        List<Ip> reals = new ArrayList<>();
        List<NaiveMaglev.Member> members = new ArrayList<>();
        weights.forEach((real, weight) -> {
            if (weight > 0) {
                reals.add(real);
                members.add(new NaiveMaglev.Member(reals.size(), weight, NaiveAddressHash.of(real)));
            }
        });
        List<Ip> ring = new ArrayList<>();
        if (!members.isEmpty()) {
            for (int number : numbers(members, ringSize)) {
                ring.add(reals.get(number - 1));
            }
        }
        return List.copyOf(ring);
    }
}

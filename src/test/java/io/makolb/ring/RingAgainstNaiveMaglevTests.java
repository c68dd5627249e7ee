package io.makolb.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.HashFunction;
import io.makolb.reference.NaiveMaglev;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast builder and the obvious one give the same slots. */
class RingAgainstNaiveMaglevTests {

    private static final int RING_SIZE = 65537;

    private final RingBuilder builder = new RingBuilder();

    @ParameterizedTest
    @CsvSource({
        "1, 2, 7, 5",
        "2, 3, 101, 4",
        "3, 10, 65537, 1",
        "4, 17, 65537, 100",
        "5, 100, 65537, 1000000",
        "6, 500, 65537, 3",
        "7, 4000, 65537, 1",
        "8, 40, 257, 1000",
        "9, 3, 65537, 0x7fffffff",
        "10, 300, 257, 9"
    })
    void randomEndpoints(long seed, int count, int ringSize, String largestWeight) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int weight = 1 + random.nextInt(Integer.decode(largestWeight));
            endpoints.add(new Endpoint(i + 1, weight, random.nextLong()));
        }
        assertEqualRings(endpoints, ringSize);
    }

    /** Only their last probes of a 65537-slot ring pass 2^32. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void endpointsWhoseSumWrapsAtTheEndOfTheRing(int count) {
        assertEqualRings(endpointsOfSkip(RING_SIZE - 2, count), RING_SIZE);
    }

    /** The 32-bit sums of these repeat before they have met every slot. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void walksThatWouldNotEndAreEndedWithAFullRing(int count) {
        List<Endpoint> endpoints = endpointsOfSkip(RING_SIZE - 1, count);
        for (HashFunction function : HashFunction.values()) {
            assertThat(builder.build(function, endpoints, RING_SIZE).shares().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(RING_SIZE);
        }
    }

    private static List<Endpoint> endpointsOfSkip(int skip, int count) {
        long[] hashes = LongStream.iterate(1, hash -> hash + 1)
                .filter(hash -> SlotWalk.skip(hash, RING_SIZE) == skip)
                .limit(count)
                .toArray();
        return IntStream.range(0, count)
                .mapToObj(i -> new Endpoint(i + 1, 1 + i, hashes[i]))
                .toList();
    }

    @Test
    void oneHugeWeightAmongMany() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            endpoints.add(new Endpoint(i + 1, i == 77 ? 1_000_000 : 1, 0x9E3779B97F4A7C15L * i));
        }
        assertEqualRings(endpoints, RING_SIZE);
    }

    @Test
    void aBuilderCarriesNothingOverToTheNextRing() {
        List<Endpoint> large = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            large.add(new Endpoint(i + 1, 1 + i % 9, 0x9E3779B97F4A7C15L * i));
        }
        assertEqualRings(large, RING_SIZE);
        assertEqualRings(large.subList(0, 13), 101);
        assertEqualRings(large.subList(5, 400), RING_SIZE);
    }

    private void assertEqualRings(List<Endpoint> endpoints, int ringSize) {
        List<NaiveMaglev.Member> members = endpoints.stream()
                .map(endpoint -> new NaiveMaglev.Member(endpoint.num(), endpoint.weight(), endpoint.hash()))
                .toList();
        assertThat(ints(builder.build(HashFunction.MAGLEV, endpoints, ringSize)))
                .as("MAGLEV")
                .isEqualTo(NaiveMaglev.v1(members, ringSize));
        assertThat(ints(builder.build(HashFunction.MAGLEV_V2, endpoints, ringSize)))
                .as("MAGLEV_V2")
                .isEqualTo(NaiveMaglev.v2(members, ringSize));
    }

    private static int[] ints(Ring ring) {
        int[] slots = new int[ring.size()];
        for (int slot = 0; slot < slots.length; slot++) {
            slots[slot] = ring.real(slot);
        }
        return slots;
    }
}

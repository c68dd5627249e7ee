package io.makolb.ring;

import static io.makolb.model.HashFunction.MAGLEV;
import static io.makolb.model.HashFunction.MAGLEV_V2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.makolb.BetterOnPurpose;
import io.makolb.model.HashFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The worked examples of the ring's specification, and what a ring must never do. */
class RingBuilderTests {

    private static final int RING_SIZE = 65537;
    private static final long[] HASHES = {
        0,
        0xd671359dbaa15954L, // 1 = 10.0.0.1
        0x2cd426d008b90279L, // 2 = 10.0.0.2
        0x6eb4a2989236785dL, // 3 = 10.0.0.3
        0x64e74a25b986d744L, // 4 = fc00::1
        0x87d247835b02295bL, // 5 = fc00::2
        0x0b2e5ea98827f017L // 6 = fc00::3
    };

    private final RingBuilder builder = new RingBuilder();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|1,2,3|MAGLEV|3 3 3 2 2 1 2|1/3/3",
                "7|1,2,3|MAGLEV_V2|3 3 3 3 2 1 2|1/2/4",
                "11|1,1,1|MAGLEV|3 3 1 3 2 1 2 2 1 3 2|3/4/4",
                "11|1,1,1|MAGLEV_V2|3 3 1 3 2 1 2 2 1 3 2|3/4/4",
                "11|1,2,3|MAGLEV|3 3 1 3 2 2 2 3 2 3 1|2/4/5",
                "11|1,2,3|MAGLEV_V2|3 3 1 3 2 3 2 3 2 3 2|1/4/6",
                "101|1,2,3|MAGLEV|2 3 2 3 3 1 3 2 3 2 1 2 2 2 2 1 2 1 3 3|32/34/35",
                "101|1,2,3|MAGLEV_V2|2 3 2 3 3 1 3 2 3 2 1 2 2 2 2 1 3 1 3 3|16/34/51",
                "65537|1,1,1|MAGLEV|2 1 3 2 1 3 3 1 1 2 1 2 2 1 2 3 1 2 3 1|21845/21846/21846",
                "65537|1,1,1|MAGLEV_V2|2 1 3 2 1 3 3 1 1 2 1 2 2 1 2 3 1 2 3 1|21845/21846/21846",
                "65537|1,2,3|MAGLEV|2 1 3 2 1 3 3 1 1 2 1 2 2 1 2 3 1 2 3 1|21844/21846/21847",
                "65537|1,2,3|MAGLEV_V2|2 3 3 2 1 3 3 1 3 2 3 3 2 1 2 3 1 2 3 3|10922/21846/32769"
            })
    void threeIpv4Reals(int ringSize, String weights, HashFunction function, String firstSlots, String shares) {
        int[] weight =
                Arrays.stream(weights.split(",")).mapToInt(Integer::parseInt).toArray();
        Ring ring =
                builder.build(function, List.of(real(1, weight[0]), real(2, weight[1]), real(3, weight[2])), ringSize);
        assertThat(firstSlots(ring, 20)).isEqualTo(firstSlots);
        assertThat(ring.share(1) + "/" + ring.share(2) + "/" + ring.share(3)).isEqualTo(shares);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAGLEV", "MAGLEV_V2"})
    void threeIpv6Reals(HashFunction function) {
        Ring ring = builder.build(function, List.of(real(4, 1), real(5, 1), real(6, 1)), RING_SIZE);
        assertThat(firstSlots(ring, 20)).isEqualTo("5 6 5 5 5 6 6 6 4 6 5 5 5 5 6 6 6 4 4 5");
        assertThat(ring.shares()).isEqualTo(Map.of(4, 21846, 5, 21845, 6, 21846));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|MAGLEV|3 1 1 2 1 3 3",
                "7|MAGLEV_V2|3 3 1 2 1 3 3",
                "11|MAGLEV|1 1 3 3 2 2 1 3 2 1 3",
                "11|MAGLEV_V2|1 1 3 3 3 2 1 3 2 1 3",
                "65537|MAGLEV|3 3 1 2 3 2 3 1 1 1 3 3 1 3 2 3 1 1 3 2",
                "65537|MAGLEV_V2|3 3 1 2 3 3 3 1 1 1 3 3 1 3 1 3 1 1 3 2"
            })
    void rawEndpoints(int ringSize, HashFunction function, String firstSlots) {
        Ring ring = builder.build(
                function,
                List.of(new Endpoint(1, 2, 1000), new Endpoint(2, 1, 2000), new Endpoint(3, 3, 3000)),
                ringSize);
        assertThat(firstSlots(ring, 20)).isEqualTo(firstSlots);
        if (ringSize == RING_SIZE) {
            assertThat(ring.shares())
                    .isEqualTo(
                            function == MAGLEV
                                    ? Map.of(1, 21846, 2, 21845, 3, 21846)
                                    : Map.of(1, 21846, 2, 10923, 3, 32768));
        }
    }

    @Test
    void slotsOfTheForwardingExamples() {
        Ring ipv4 = builder.build(MAGLEV, List.of(real(1, 1), real(2, 1), real(3, 1)), RING_SIZE);
        Ring ipv6 = builder.build(MAGLEV, List.of(real(4, 1), real(5, 1), real(6, 1)), RING_SIZE);
        assertThat(ipv4.real(48717)).isEqualTo(3);
        assertThat(ipv6.real(48717)).isEqualTo(4);
        assertThat(ipv4.real(39962)).isEqualTo(2);
        assertThat(ipv4.real(6078)).isEqualTo(2);
        assertThat(ipv6.real(37505)).isEqualTo(6);
        assertThat(ipv6.real(42990)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({"MAGLEV, 1009, 17, 109", "MAGLEV_V2, 1020, 0, 1013"})
    void changesMoveTheKnownNumberOfSlots(HashFunction function, int deleted, int allRaised, int oneRaised) {
        Ring ten = builder.build(function, hundredReals(10), RING_SIZE);
        List<Endpoint> withoutFirst = new ArrayList<>(hundredReals(10));
        withoutFirst.remove(0);
        assertThat(builder.build(function, withoutFirst, RING_SIZE).slotsChangedFrom(ten))
                .isEqualTo(deleted);

        Ring thirteen = builder.build(function, hundredReals(13), RING_SIZE);
        assertThat(thirteen.slotsChangedFrom(ten)).isEqualTo(allRaised);

        List<Endpoint> firstRaised = new ArrayList<>(hundredReals(13));
        firstRaised.set(0, new Endpoint(1, 26, 0));
        assertThat(builder.build(function, firstRaised, RING_SIZE).slotsChangedFrom(thirteen))
                .isEqualTo(oneRaised);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAGLEV", "MAGLEV_V2"})
    void ofTwoEqualRealsTheSecondTakesHalf(HashFunction function) {
        Ring one = builder.build(function, List.of(new Endpoint(1, 1, 0)), RING_SIZE);
        Ring two = builder.build(function, List.of(new Endpoint(1, 1, 0), new Endpoint(2, 1, 1)), RING_SIZE);
        assertThat(two.slotsChangedFrom(one)).isEqualTo(32768).isEqualTo(two.share(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAGLEV", "MAGLEV_V2"})
    void equalWeightsDifferByOneSlotAtMost(HashFunction function) {
        List<Endpoint> reals =
                IntStream.range(0, 400).mapToObj(i -> new Endpoint(i + 1, 1, i)).toList();
        assertThat(spread(builder.build(function, reals, RING_SIZE))).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"MAGLEV, 2", "MAGLEV_V2, 16385"})
    void onlyTheSecondVariantRespectsWeights(HashFunction function, int spread) {
        List<Endpoint> reals = List.of(new Endpoint(1, 2, 0), new Endpoint(2, 1, 1), new Endpoint(3, 1, 2));
        assertThat(spread(builder.build(function, reals, RING_SIZE))).isEqualTo(spread);
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAGLEV", "MAGLEV_V2"})
    void hashesAreOrderedUnsignedAndWithoutRegardToTheOrderGiven(HashFunction function) {
        List<Endpoint> reals = new ArrayList<>(IntStream.range(1, 7)
                .mapToObj(num -> new Endpoint(num, num, HASHES[num]))
                .toList());
        Ring ring = builder.build(function, reals, RING_SIZE);
        Collections.reverse(reals);
        assertThat(builder.build(function, reals, RING_SIZE)).isEqualTo(ring);
        // 10.0.0.1 has the only hash above 2^63 in ring 7 and would otherwise come first.
        assertThat(firstSlots(builder.build(MAGLEV, List.of(real(1, 1), real(2, 2), real(3, 3)), 7), 7))
                .isEqualTo("3 3 3 2 2 1 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAGLEV", "MAGLEV_V2"})
    @BetterOnPurpose("changing the hash function revives reals of weight 0")
    void aRealOfWeightZeroGetsNoSlot(HashFunction function) {
        assertThat(builder.build(function, List.of(real(1, 0), real(2, 5), real(3, 0)), RING_SIZE)
                        .shares())
                .isEqualTo(Map.of(2, RING_SIZE));
        assertThat(builder.build(function, List.of(real(1, 0), real(2, 0)), RING_SIZE)
                        .isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAGLEV", "MAGLEV_V2"})
    void withoutRealsEverySlotIsEmpty(HashFunction function) {
        Ring ring = builder.build(function, List.of(), 11);
        assertThat(ring.isEmpty()).isTrue();
        assertThat(firstSlots(ring, 11)).isEqualTo("0 0 0 0 0 0 0 0 0 0 0");
    }

    @Test
    void weightsBeyondTheRingLeaveTheHighestHashesWithoutASlot() {
        List<Endpoint> reals = List.of(new Endpoint(1, 60000, 1), new Endpoint(2, 6000, 2), new Endpoint(3, 6000, 3));
        assertThat(builder.build(MAGLEV, reals, RING_SIZE).shares()).isEqualTo(Map.of(1, 60000, 2, 5537));
        assertThat(builder.build(MAGLEV_V2, reals, RING_SIZE).shares()).isEqualTo(Map.of(1, 54615, 2, 5461, 3, 5461));
    }

    @ParameterizedTest
    @ValueSource(ints = {-7, 0, 1, 4, 65536, 65539})
    void refusesASizeThatIsNoPrimeOrTooLarge(int ringSize) {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.build(MAGLEV, List.of(real(1, 1)), ringSize));
    }

    private static Endpoint real(int num, int weight) {
        return new Endpoint(num, weight, HASHES[num]);
    }

    private static List<Endpoint> hundredReals(int weight) {
        return IntStream.range(0, 100)
                .mapToObj(i -> new Endpoint(i + 1, weight, i))
                .toList();
    }

    private static int spread(Ring ring) {
        return Collections.max(ring.shares().values())
                - Collections.min(ring.shares().values());
    }

    private static String firstSlots(Ring ring, int count) {
        return IntStream.range(0, Math.min(count, ring.size()))
                .mapToObj(slot -> Integer.toString(ring.real(slot)))
                .collect(Collectors.joining(" "));
    }
}

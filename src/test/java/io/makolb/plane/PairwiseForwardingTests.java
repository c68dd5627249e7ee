package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.frames.RandomFrames;
import io.makolb.frames.RandomTunnels;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.DecapMode;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.Prefix;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import io.makolb.plane.AllPairs.Factor;
import io.makolb.plane.ModelledPlane.VipPair;
import io.makolb.reference.Counter;
import io.makolb.reference.Flag;
import io.makolb.reference.Ip;
import io.makolb.reference.VlanTag;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.PinnedThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every feature of the program meets every other one and every flag of a VIP, over frames of all kinds, while rings change, reals go
 * down and time passes. What comes out is what the model says, frame by frame and in the counters.
 */
@BpfTest
class PairwiseForwardingTests {

    private static final long FRAMES = Long.getLong("mako.test.frames", 1_000_000);
    private static final int ROUNDS = 20;
    private static final int PLENTY = 100_000_000;
    private static final int CPU = 0;

    /** VIPs of so many rows are in one plane: what hides something in one of them does not in all. */
    private static final int GROUPS = 3;

    /** Time passes by tens of minutes, so that no flow is ever near the end of its time. */
    private static final String UDP_TIMEOUT = "65m";

    /** Counted where limits are low and where there is no gateway or an import: {@link ForwardingLimitsTests}, {@link ForwardingAgainstModelTests}. */
    private static final Set<Counter> ELSEWHERE =
            EnumSet.of(Counter.DROP_NO_GATEWAY, Counter.RATE_LIMITED, Counter.TOO_BIG_SUPPRESSED, Counter.GLOBAL_HITS);

    private static final String HASH_FUNCTION = "hash function";
    private static final String REALS = "reals";
    private static final String ON = "on";

    private static final Map<String, List<Address>> RINGS = Map.of(
            "v4", addresses("10.0.0.1", "10.0.0.2", "10.0.0.3"),
            "v6", addresses("fc00::1", "fc00::2", "fc00::3"),
            "mixed", addresses("10.0.0.1", "fc00::2", "10.0.0.9"));

    private static final Map<Address, DecapMode> ENDS = Map.of(
            Address.parse("10.200.9.1"), DecapMode.INLINE,
            Address.parse("10.200.9.2"), DecapMode.EGRESS,
            Address.parse("fc00:9::1"), DecapMode.INLINE,
            Address.parse("fc00:9::2"), DecapMode.EGRESS);

    /** Of some of the clients of the generated frames. */
    private static final BulkSet<Prefix> ROUTES = ForwardingPlaneContract.routes(
            "192.168.1.0/29",
            Address.parse("10.0.0.2"),
            "192.168.1.4/32",
            Address.parse("fc00::3"),
            "fc00:2::/124",
            Address.parse("fc00::1"));

    /** At the edges of pages, and of what the shortest form can name. */
    private static final List<Integer> SERVER_IDS = List.of(1, 1026, 0xFFFF, 0x10000, 197_634, 0x00FFFFFD);

    /** Where tunnels lead: to their ends, to the machine itself, elsewhere, and to VIPs. */
    private static final List<Ip> TUNNELLED = Stream.of(
                    "10.200.9.1",
                    "10.200.9.2",
                    "fc00:9::1",
                    "fc00:9::2",
                    "10.0.13.37",
                    "fc00:2307::1337",
                    "10.200.9.3",
                    "10.200.1.0",
                    "fc00:1::")
            .map(Ip::of)
            .toList();

    private final long seed = Long.getLong("mako.test.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private long deliveredHere;
    private long toPrefixes;

    @Test
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void everyTwoFeaturesTogether() throws Exception {
        PinnedThread.to(CPU);
        List<Map<String, String>> rows = AllPairs.rows(factors(), random);
        rows.add(migrationAlone());
        System.out.println("PairwiseForwardingTests: -Dmako.test.seed=" + seed + ", " + rows.size() + " planes, "
                + FRAMES + " frames");
        Map<Counter, Long> seen = new EnumMap<>(Counter.class);
        for (int i = 0; i < rows.size(); i++) {
            List<Map<String, String>> group = new ArrayList<>();
            for (int next = i; next < i + GROUPS; next++) {
                group.add(rows.get(next % rows.size()));
            }
            run(group, (int) (FRAMES / rows.size())).forEach((counter, count) -> seen.merge(counter, count, Long::sum));
        }
        // What never happened was not compared.
        assertThat(seen.entrySet())
                .filteredOn(counter -> counter.getValue() == 0)
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(ELSEWHERE);
        assertThat(deliveredHere).isPositive();
        assertThat(toPrefixes).isGreaterThan(1000);
    }

    private static List<Factor> factors() {
        List<Factor> factors = new ArrayList<>();
        for (LoadTimeFeature feature : LoadTimeFeature.values()) {
            factors.add(new Factor(feature.property(), feature.choices()));
        }
        for (Flag flag : Flag.values()) {
            factors.add(new Factor(flag.name(), List.of("off", ON)));
        }
        factors.add(new Factor(
                HASH_FUNCTION,
                Arrays.stream(HashFunction.values()).map(Enum::name).toList()));
        factors.add(new Factor(REALS, RINGS.keySet().stream().sorted().toList()));
        return factors;
    }

    /** Most other ways to choose a real come before a flow's migration: where pairs alone decide, each row may happen to have one. */
    private static Map<String, String> migrationAlone() {
        Map<String, String> row = new TreeMap<>();
        factors().forEach(factor -> row.put(factor.name(), factor.values().get(0)));
        row.put(Flag.UDP_FLOW_MIGRATION.name(), ON);
        return row;
    }

    /** One plane: loaded as the first row says, with VIPs of all rows. */
    private Map<Counter, Long> run(List<Map<String, String>> rows, int count) throws Exception {
        Map<LoadTimeFeature, String> chosen = new EnumMap<>(LoadTimeFeature.class);
        for (LoadTimeFeature feature : LoadTimeFeature.values()) {
            chosen.put(feature, rows.get(0).get(feature.property()));
        }
        ForwardingProperties forwarding = LoadTimeFeature.properties(
                chosen, "icmp-too-big-rate", 1_000_000, "max-new-connections", PLENTY, "udp-timeout", UDP_TIMEOUT);
        // Without source routing there is no table for them.
        BulkSet<Prefix> routes = forwarding.sourceRouting() ? ROUTES : BulkSet.empty(BulkKind.SOURCE_ROUTES);
        List<VipPair> vips = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            vips.addAll(vips(i, rows.get(i)));
        }
        try (TestMachine machine = new TestMachine();
                ModelledPlane both = new ModelledPlane(
                        machine, vips, true, forwarding, "auto", ModelledPlane.ROOM_FOR_ALL, ENDS, routes)) {
            Supplier<byte[]> frames = frames(both, forwarding);
            for (int round = 0; round < ROUNDS; round++) {
                changeSomething(both, vips);
                try {
                    ForwardingAgainstModelTests.compare(both, count / ROUNDS, seed, frames);
                } catch (AssertionError e) {
                    throw new AssertionError("round " + round + " of seed " + seed + " with " + rows, e);
                }
            }
            ForwardingAgainstModelTests.assertCountersAgree(both);
            deliveredHere += both.deliveredHere();
            toPrefixes += both.connections().stream()
                    .filter(connection -> !connection.vip().isHost())
                    .count();
            return both.model().tally().plane();
        }
    }

    /**
     * Both families, both protocols, one port and every port, addresses and prefixes, some of them around the addresses, all with the
     * flags of the row; and one VIP with an empty ring.
     */
    private static List<VipPair> vips(int group, Map<String, String> row) {
        Set<Flag> flags = EnumSet.noneOf(Flag.class);
        for (Flag flag : Flag.values()) {
            if (ON.equals(row.get(flag.name()))) {
                flags.add(flag);
            }
        }
        HashFunction function = HashFunction.valueOf(row.get(HASH_FUNCTION));
        List<VipPair> vips = new ArrayList<>();
        for (String service : List.of("-80-tcp", "-0-tcp", "-443-udp", "-0-udp")) {
            vips.add(new VipPair(
                    VipId.parse("10.200.1." + group + service), flags, function, OnEmpty.DROP, ring(row.get(REALS))));
            vips.add(new VipPair(
                    VipId.parse("fc00:1::" + (group + 1) + service), flags, function, OnEmpty.DROP, ring("v6")));
        }
        List<String> prefixes = List.of(
                "10.200.1.0_" + (24 + group) + "-80-tcp",
                "10.203." + group + ".0_24-0-udp",
                "fc00:1::_" + (64 + group) + "-443-udp",
                "fc00:3:" + group + "::_48-0-tcp");
        for (String prefix : prefixes) {
            String reals = prefix.startsWith("fc") ? "v6" : row.get(REALS);
            vips.add(new VipPair(VipId.parse(prefix), flags, function, OnEmpty.DROP, ring(reals)));
        }
        OnEmpty onEmpty = group % 2 == 0 ? OnEmpty.DROP : OnEmpty.PASS;
        vips.add(new VipPair(VipId.parse("10.200.2." + group + "-0-tcp"), flags, function, onEmpty, Map.of()));
        return vips;
    }

    private static Map<Address, Integer> ring(String kind) {
        Map<Address, Integer> weights = new TreeMap<>();
        RINGS.getOrDefault(kind, List.of()).forEach(real -> weights.put(real, 1 + weights.size()));
        return weights;
    }

    private Supplier<byte[]> frames(ModelledPlane both, ForwardingProperties forwarding) {
        RandomFrames plain = new RandomFrames(random.nextLong(), both.services(), SERVER_IDS);
        RandomTunnels tunnels = new RandomTunnels(random.nextLong(), both.services(), TUNNELLED, forwarding.guePort());
        return () -> {
            byte[] frame = random.nextInt(4) == 0 ? tunnels.next() : plain.next();
            boolean tagged = frame.length >= 14 && random.nextInt(5) == 0;
            return tagged ? VlanTag.insert(frame, VlanTag.of(random.nextInt(0x10000))) : frame;
        };
    }

    private void changeSomething(ModelledPlane both, List<VipPair> vips) {
        VipPair vip = vips.get(random.nextInt(vips.size()));
        if (!vip.weights().isEmpty()) {
            Map<Address, Integer> weights = new TreeMap<>(vip.weights());
            weights.replaceAll((real, weight) -> random.nextInt(4));
            both.changeWeights(vip, weights);
        }
        vips.stream()
                .filter(any ->
                        any.id().protocol() == Protocol.UDP && any.flags().contains(Flag.UDP_FLOW_MIGRATION))
                .forEach(migrating -> markDown(both, migrating));
        renameSomebody(both, vips);
        both.markLocal(some(all(vips)));
        both.letTimePass(Duration.ofMinutes(10L * random.nextInt(4)));
    }

    /** A server id comes to stand for another real, or for none. */
    private void renameSomebody(ModelledPlane both, List<VipPair> vips) {
        int id = SERVER_IDS.get(random.nextInt(SERVER_IDS.size()));
        if (random.nextInt(5) == 0) {
            both.removeServerId(id);
        } else {
            List<Address> reals = List.copyOf(all(vips));
            both.putServerId(id, reals.get(random.nextInt(reals.size())));
        }
    }

    private void markDown(ModelledPlane both, VipPair vip) {
        both.markDown(vip.id(), some(vip.weights().keySet()));
    }

    private static Set<Address> all(List<VipPair> vips) {
        Set<Address> reals = new TreeSet<>();
        vips.forEach(vip -> reals.addAll(vip.weights().keySet()));
        return reals;
    }

    private Set<Address> some(Set<Address> reals) {
        Set<Address> some = new TreeSet<>(reals);
        some.removeIf(real -> random.nextInt(3) > 0);
        return some;
    }

    private static List<Address> addresses(String... texts) {
        return Arrays.stream(texts).map(Address::parse).toList();
    }
}

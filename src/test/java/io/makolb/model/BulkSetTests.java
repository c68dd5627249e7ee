package io.makolb.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.BetterOnPurpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkSetTests {

    private static final int REALS = 5;
    private static final BulkKind<Prefix> ROUTES = BulkKind.SOURCE_ROUTES;

    @Test
    void randomEditsLeadWhereASortedMapLeads() {
        long seed = Long.getLong("mako.test.seed", System.nanoTime());
        System.out.println("BulkSetTests: -Dmako.test.seed=" + seed);
        Random random = new Random(seed);
        NavigableMap<Prefix, Address> expected = new TreeMap<>();
        BulkSet<Prefix> set = BulkSet.empty(ROUTES);
        for (int round = 0; round < 300; round++) {
            Map<Prefix, Optional<Address>> edits = new HashMap<>();
            for (int i = random.nextInt(round % 30 == 0 ? 3000 : 40); i >= 0; i--) {
                Prefix prefix = prefix(random);
                boolean gone = random.nextInt(round > 200 ? 2 : 5) == 0;
                edits.put(
                        prefix,
                        gone
                                ? Optional.empty()
                                : Optional.of(real(random, prefix.address().ipv6())));
            }
            BulkSet<Prefix> before = set;
            set = set.with(edits);
            Map<Prefix, Optional<Address>> differing = new TreeMap<>();
            edits.forEach((key, real) -> {
                Address was = real.isPresent() ? expected.put(key, real.get()) : expected.remove(key);
                if (!real.equals(Optional.ofNullable(was))) {
                    differing.put(key, real);
                }
            });
            assertSame(set, expected);
            Map<Prefix, Optional<Address>> found = new TreeMap<>();
            before.differences(set, (key, was, is) -> found.put(key, Optional.ofNullable(is)));
            assertThat(found).isEqualTo(differing);
            assertThat(set.comparedWith(before).size()).isEqualTo(differing.size());
            assertThat(loaded(expected, random)).isEqualTo(set).hasSameHashCodeAs(set);
        }
    }

    private static void assertSame(BulkSet<Prefix> set, NavigableMap<Prefix, Address> expected) {
        List<Map.Entry<Prefix, Address>> entries = new ArrayList<>();
        set.all().forEachRemaining(entries::add);
        assertThat(entries).isEqualTo(new ArrayList<>(expected.entrySet()));
        assertThat(set.size()).isEqualTo(expected.size());
        assertThat(set.reals()).isEqualTo(new HashSet<>(expected.values()));
        if (!expected.isEmpty()) {
            Prefix middle = entries.get(entries.size() / 2).getKey();
            assertThat(set.get(middle)).isEqualTo(expected.get(middle));
            assertThat(set.after(middle).hasNext() ? set.after(middle).next().getKey() : null)
                    .isEqualTo(expected.higherKey(middle));
        }
        assertThat(set.table().chunks())
                .allSatisfy(chunk -> assertThat(chunk.size()).isBetween(1, PackedTable.MOST));
    }

    private static BulkSet<Prefix> loaded(NavigableMap<Prefix, Address> entries, Random random) {
        List<Prefix> keys = new ArrayList<>(entries.keySet());
        Collections.shuffle(keys, random);
        BulkLoad<Prefix> load = new BulkLoad<>(ROUTES);
        keys.forEach(key -> load.add(key, entries.get(key), 1));
        return load.finish();
    }

    /** An edit copies what it touches and nothing else. */
    @Test
    void anEditSharesTheChunksThatItDoesNotTouch() {
        BulkLoad<Prefix> load = new BulkLoad<>(ROUTES);
        for (int i = 0; i < 10_000; i++) {
            load.add(new Prefix(Address.ipv4(i << 8), 24), Address.ipv4(0x0a000001), i + 1);
        }
        BulkSet<Prefix> before = load.finish();
        BulkSet<Prefix> after = before.with(Map.of(Prefix.parse("0.0.77.7_32"), Optional.of(Address.ipv4(0x0a000002))));

        assertThat(after.table().chunks()).hasSameSizeAs(before.table().chunks());
        long shared = 0;
        for (int i = 0; i < after.table().chunks().size(); i++) {
            shared += after.table().chunks().get(i) == before.table().chunks().get(i) ? 1 : 0;
        }
        assertThat(shared).isEqualTo(after.table().chunks().size() - 1);
    }

    @Test
    void tagsAreThoseOfTheLastChangeHoweverItCame() {
        Random random = new Random(7);
        BulkSet<Prefix> set = BulkSet.empty(ROUTES);
        BulkTags tags = BulkTags.NONE;
        Map<Prefix, Long> expected = new HashMap<>();
        for (long revision = 1; revision < 40; revision++) {
            Map<Prefix, Optional<Address>> edits = new HashMap<>();
            int many = revision % 10 == 0 ? 6000 : revision % 4 == 0 ? 1500 : 3;
            for (int i = 0; i < many; i++) {
                Prefix prefix = new Prefix(Address.ipv4(random.nextInt(8000) << 8), 24);
                edits.put(prefix, random.nextInt(4) == 0 ? Optional.empty() : Optional.of(real(random, false)));
            }
            BulkSet<Prefix> after = set.with(edits);
            tags = tags.after(revision, set, after);
            long now = revision;
            set.differences(after, (key, was, is) -> {
                if (is == null) {
                    expected.remove(key);
                } else {
                    expected.put(key, now);
                }
            });
            set = after;
            for (Map.Entry<Prefix, Long> entry : expected.entrySet()) {
                assertThat(tags.of(ROUTES.pack(entry.getKey()))).isEqualTo(entry.getValue());
            }
            assertThat(tags.exceptions().size()).isLessThanOrEqualTo(set.size());
        }
    }

    @Test
    @BetterOnPurpose(
            "over-writing a source route keeps the old real referenced; duplicates in a batch corrupt the count; host bits are cut off silently")
    void aDuplicateIsNamedWithItsLines() {
        BulkLoad<Prefix> load = new BulkLoad<>(ROUTES);
        load.add(Prefix.parse("10.0.0.0/8"), Address.parse("10.0.0.1"), 1);
        load.add(Prefix.parse("11.0.0.0/8"), Address.parse("10.0.0.1"), 2);
        load.add(Prefix.parse("10.0.0.0_8"), Address.parse("10.0.0.2"), 3);

        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(load::finish)
                .matches(refusal -> refusal.reason() == Reason.DUPLICATE_MEMBER)
                .withMessageContaining("is entry 1 and again entry 3");
    }

    @Test
    void clientsOfIpv6CannotBeSentToAnIpv4Real() {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> ROUTES.check(Prefix.parse("2001:db8::/32"), Address.parse("10.0.0.1")))
                .matches(refusal -> refusal.reason() == Reason.WRONG_FAMILY);
        ROUTES.check(Prefix.parse("10.0.0.0/8"), Address.parse("2001:db8::1"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0_8",
        "0.0.0.0_0, 0.0.0.0_0",
        "127.0.0.0/8, 127.0.0.0_8",
        "2001:DB8:0::/32, 2001:db8::_32",
        "::/0, ::_0",
        "192.168.1.1/32, 192.168.1.1",
        "192.168.1.1, 192.168.1.1"
    })
    void prefixesAreReadInBothSpellings(String text, String canonical) {
        Prefix prefix = Prefix.parse(text);
        assertThat(prefix).hasToString(canonical);
        assertThat(ROUTES.unpack(ROUTES.pack(prefix))).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/08, INVALID_VALUE",
        "10.0.0.0/-1, INVALID_VALUE",
        "somewhere, INVALID_VALUE",
        "10.0.0.0/33, INVALID_VALUE",
        "10.0.0/8, INVALID_VALUE",
        "2001:db8::/129, INVALID_VALUE",
        "::ffff:10.0.0.0/104, INVALID_VALUE",
        "fe80::%eth0/10, INVALID_VALUE",
        "10.0.0.1/8, HOST_BITS",
        "2001:db8::1/64, HOST_BITS"
    })
    void whatIsNoPrefixIsRefused(String text, Reason reason) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> Prefix.parse(text))
                .matches(refusal -> refusal.reason() == reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 65536, ServerId.MAX})
    void serverIdsSurvivePacking(int number) {
        ServerId id = new ServerId(number);
        assertThat(BulkKind.SERVER_IDS.unpack(BulkKind.SERVER_IDS.pack(id))).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "0, INVALID_VALUE",
        "16777214, INVALID_VALUE",
        "0x1, MALFORMED_ID",
        "01, MALFORMED_ID",
        "-1, MALFORMED_ID"
    })
    void whatIsNoServerIdIsRefused(String text, Reason reason) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> ServerId.parse(text))
                .matches(refusal -> refusal.reason() == reason);
    }

    private static Prefix prefix(Random random) {
        if (random.nextInt(3) == 0) {
            int length = random.nextInt(129);
            return new Prefix(
                    new Address(true, 0x20010db8L << 32 | random.nextInt(50), random.nextInt(50)).masked(length),
                    length);
        }
        int length = random.nextInt(33);
        return new Prefix(Address.ipv4(random.nextInt(2000) << 10).masked(length), length);
    }

    private static Address real(Random random, boolean ipv6) {
        int number = 1 + random.nextInt(REALS);
        return ipv6 ? new Address(true, 0x20010db8L << 32, number) : Address.ipv4(0x0a000000 + number);
    }
}

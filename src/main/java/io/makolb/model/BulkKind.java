package io.makolb.model;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * A kind of resource of which there can be millions: a key that leads to a real. What {@link EntryKind} is for a handful; these are
 * kept in a {@link BulkSet}, without an object for each.
 *
 * @param <K> its key; {@code toString} is the canonical spelling
 */
public final class BulkKind<K extends Comparable<? super K>> {

    private static final int IPV4_WIDTH = 5;
    private static final int IPV6_WIDTH = 17;
    private static final int ID_WIDTH = 3;

    /** Reals for clients of certain networks. */
    public static final BulkKind<Prefix> SOURCE_ROUTES = new BulkKind<>(
            "source-routes", "source route", Prefix::parse, BulkKind::packed, BulkKind::prefix, BulkKind::checkFamily);

    /** Reals that packets name by number. */
    public static final BulkKind<ServerId> SERVER_IDS = new BulkKind<>(
            "quic-server-ids",
            "server id",
            ServerId::parse,
            id -> PackedKey.of((byte) (id.number() >> 16), (byte) (id.number() >> 8), (byte) id.number()),
            key -> new ServerId((int) key.number(0, ID_WIDTH)),
            (id, real) -> {});

    /** Every kind, in the order of their names. */
    public static final List<BulkKind<?>> ALL = List.of(SERVER_IDS, SOURCE_ROUTES);

    private final String path;
    private final String noun;
    private final Function<String, K> parser;
    private final Function<K, PackedKey> packer;
    private final Function<PackedKey, K> unpacker;
    private final BiConsumer<K, Address> rule;

    /** One object, so that nothing is found to be nothing without a comparison. */
    private final BulkSet<K> none;

    private BulkKind(
            String path,
            String noun,
            Function<String, K> parser,
            Function<K, PackedKey> packer,
            Function<PackedKey, K> unpacker,
            BiConsumer<K, Address> rule) {
        this.path = path;
        this.noun = noun;
        this.parser = parser;
        this.packer = packer;
        this.unpacker = unpacker;
        this.rule = rule;
        this.none = BulkSet.emptyOf(this);
    }

    /**
     * The kind of this path.
     *
     * @throws IllegalArgumentException there is none
     */
    public static BulkKind<?> of(String path) {
        return ALL.stream()
                .filter(kind -> kind.path.equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody knows resources called '" + path + "'"));
    }

    /** Its place in the API and in the store, such as {@code source-routes}. */
    public String path() {
        return path;
    }

    /** What one of them is called. */
    public String noun() {
        return noun;
    }

    /**
     * Reads a key.
     *
     * @throws Refusal the text is none
     */
    public K parse(String key) {
        return parser.apply(key);
    }

    /** The key as a table holds it. */
    public PackedKey pack(K key) {
        return packer.apply(key);
    }

    /** The key that a table holds. */
    public K unpack(PackedKey key) {
        return unpacker.apply(key);
    }

    /**
     * Checks that a key may lead to a real.
     *
     * @throws Refusal {@link Reason#WRONG_FAMILY}
     */
    public void check(K key, Address real) {
        rule.accept(key, real);
    }

    /** No resources of this kind. */
    BulkSet<K> none() {
        return none;
    }

    /** That there is nothing under this key. */
    Refusal missing(K key) {
        return new Refusal(
                Reason.NOT_FOUND,
                "There is no " + noun + " " + key + ".",
                "List them with GET /api/v1/" + path + "?limit=100, or create this one with PUT /api/v1/" + path + "/"
                        + key + ".");
    }

    private static PackedKey packed(Prefix prefix) {
        byte[] address = prefix.address().toBytes();
        byte[] bytes = new byte[address.length + 1];
        System.arraycopy(address, 0, bytes, 0, address.length);
        bytes[address.length] = (byte) prefix.length();
        return PackedKey.of(bytes);
    }

    private static Prefix prefix(PackedKey key) {
        return key.width() == IPV4_WIDTH
                ? new Prefix(Address.ipv4((int) key.number(0, Integer.BYTES)), key.get(IPV4_WIDTH - 1))
                : new Prefix(
                        new Address(true, key.number(0, Long.BYTES), key.number(Long.BYTES, Long.BYTES)),
                        key.get(IPV6_WIDTH - 1));
    }

    /** An IPv4 header has no room for what came over IPv6 (decided for memberships in the same way). */
    private static void checkFamily(Prefix prefix, Address real) {
        if (prefix.address().ipv6() && !real.ipv6()) {
            String message = "Clients of " + prefix + " use IPv6, and " + real + " is an IPv4 real.";
            throw new Refusal(
                    Reason.WRONG_FAMILY,
                    message,
                    "Name an IPv6 address of the real.",
                    List.of(new Violation("/real", "wrong-family", message)));
        }
    }

    @Override
    public String toString() {
        return path;
    }
}

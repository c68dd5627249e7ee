package io.makolb.model;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A kind of resource that is a key with a value, and nothing more: it exists or it does not, and has one document and one ETag.
 * Configuration, differences, store and history treat all kinds alike; a new one is a constant here, its member of the document of
 * the whole configuration, its table in the plane and its package under {@code web}.
 *
 * @param <K> its key; {@code toString} is the canonical spelling
 * @param <V> its value: a record that the store keeps as JSON
 */
public final class EntryKind<K extends Comparable<? super K>, V> {

    /** Addresses at which tunnels end. */
    public static final EntryKind<Address, DecapDestination> DECAP_DESTINATIONS = new EntryKind<>(
            "decap-destinations", "decap destination", Address::parse, DecapDestination.class, key -> {});

    /** Destinations whose health checks are counted by themselves; they need not be VIPs. */
    public static final EntryKind<VipId, Counted> HEALTHCHECK_KEYS = new EntryKind<>(
            "healthcheck-keys", "health-check key", VipId::parse, Counted.class, HealthcheckKeys::check);

    /** Reals that packets with a mark go to; such a real need not be in any VIP: health checks come before traffic. */
    public static final EntryKind<HealthMark, Address> HEALTHCHECK_MARKS =
            new EntryKind<>("healthcheck-marks", "health-check mark", HealthMark::parse, Address.class, key -> {});

    /** Every kind, in the order of their names. */
    public static final List<EntryKind<?, ?>> ALL = List.of(DECAP_DESTINATIONS, HEALTHCHECK_KEYS, HEALTHCHECK_MARKS);

    private final String path;
    private final String noun;
    private final Function<String, K> parser;
    private final Class<V> valueType;
    private final Consumer<K> rule;

    private EntryKind(String path, String noun, Function<String, K> parser, Class<V> valueType, Consumer<K> rule) {
        this.path = path;
        this.noun = noun;
        this.parser = parser;
        this.valueType = valueType;
        this.rule = rule;
    }

    /**
     * The kind of this path.
     *
     * @throws IllegalArgumentException there is none
     */
    public static EntryKind<?, ?> of(String path) {
        return ALL.stream()
                .filter(kind -> kind.path.equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nobody knows resources called '" + path + "'"));
    }

    /** Its place in the API and in the store, such as {@code decap-destinations}. */
    public String path() {
        return path;
    }

    /**
     * Reads a key.
     *
     * @throws Refusal the text is none
     */
    public K parse(String key) {
        return parser.apply(key);
    }

    /**
     * Checks that there may be something under a key.
     *
     * @throws Refusal there may not
     */
    void check(K key) {
        rule.accept(key);
    }

    /** What its values are. */
    public Class<V> valueType() {
        return valueType;
    }

    /** That there is nothing under this key. */
    Refusal missing(K key) {
        return new Refusal(
                Reason.NOT_FOUND,
                "There is no " + noun + " " + key + ".",
                "List them with GET /api/v1/" + path + ", or create this one with PUT /api/v1/" + path + "/" + key
                        + ".");
    }

    @Override
    public String toString() {
        return path;
    }
}

package io.makolb.model;

import java.util.List;
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
    public static final EntryKind<Address, DecapDestination> DECAP_DESTINATIONS =
            new EntryKind<>("decap-destinations", "decap destination", Address::parse, DecapDestination.class);

    /** Every kind, in the order of their names. */
    public static final List<EntryKind<?, ?>> ALL = List.of(DECAP_DESTINATIONS);

    private final String path;
    private final String noun;
    private final Function<String, K> parser;
    private final Class<V> valueType;

    private EntryKind(String path, String noun, Function<String, K> parser, Class<V> valueType) {
        this.path = path;
        this.noun = noun;
        this.parser = parser;
        this.valueType = valueType;
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

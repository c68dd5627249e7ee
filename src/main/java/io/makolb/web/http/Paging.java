package io.makolb.web.http;

import io.makolb.model.Address;
import io.makolb.model.BulkSet;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.makolb.web.strict.QueryNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a set is wanted. A cursor is the last key of the page before it, so it stays good while the set changes.
 *
 * @param limit items of a page; 0 = the whole set
 * @param after the key after which the page begins; empty = at the beginning
 */
@QueryNames({"limit", "cursor"})
public record Paging(int limit, String after) {

    /** Longest page. */
    public static final int MAX_LIMIT = 10_000;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

    /**
     * One page.
     *
     * @param next cursor of the page that follows; null when none does
     * @param whole whether these are all items of the set
     */
    public record Page<T>(List<T> items, @Nullable String next, boolean whole) {

        /** What a body says of itself: true, or nothing when these are all. */
        public @Nullable Boolean partial() {
            return whole ? null : true;
        }
    }

    /** Reads both from the text of the query. */
    public static Paging of(@Nullable String limit, @Nullable String cursor) {
        if (limit == null) {
            if (cursor != null) {
                throw invalid("A cursor without a limit has no meaning.", "Repeat the limit of the first page.");
            }
            return new Paging(0, "");
        }
        int size = NUMBER.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (size < 1 || size > MAX_LIMIT) {
            throw invalid("The parameter 'limit' is '" + limit + "'.", "Give 1 to " + MAX_LIMIT + ".");
        }
        return new Paging(size, cursor == null ? "" : decoded(cursor));
    }

    /** Whether only a part of the set was asked for. */
    public boolean partial() {
        return limit > 0;
    }

    /**
     * A body that is to replace a set must be all of it.
     *
     * @param next cursor that the body holds, if it is a page that others follow
     * @param partial what the body says of itself
     * @throws Refusal {@link Reason#PARTIAL_COLLECTION}
     */
    public static void requireWhole(@Nullable String next, @Nullable Boolean partial) {
        if (next == null && !Boolean.TRUE.equals(partial)) {
            return;
        }
        String message = "The body is a page of the set; what stands on other pages would be removed.";
        throw new Refusal(
                Reason.PARTIAL_COLLECTION,
                message,
                "Read the set without ?limit, and send it whole.",
                List.of(new Violation(next != null ? "/next" : "/partial", "partial", message)));
    }

    /**
     * Cuts a page out of a set.
     *
     * @param parse reads a key from its text
     */
    public <K, V, T> Page<T> cut(NavigableMap<K, V> set, Function<String, K> parse, BiFunction<K, V, T> item) {
        NavigableMap<K, V> rest = after.isEmpty() ? set : set.tailMap(key(parse), false);
        List<T> items = new ArrayList<>();
        K last = null;
        for (Map.Entry<K, V> entry : rest.entrySet()) {
            if (limit > 0 && items.size() == limit) {
                return new Page<>(items, encoded(String.valueOf(last)), false);
            }
            items.add(item.apply(entry.getKey(), entry.getValue()));
            last = entry.getKey();
        }
        return new Page<>(items, null, items.size() == set.size());
    }

    /** Cuts a page out of a set of which there can be millions. */
    public <K extends Comparable<? super K>, T> Page<T> cut(BulkSet<K> set, BiFunction<K, Address, T> item) {
        Iterator<Map.Entry<K, Address>> rest = after.isEmpty() ? set.all() : set.after(key(set.kind()::parse));
        List<T> items = new ArrayList<>();
        String last = "";
        while (rest.hasNext() && items.size() < limit) {
            Map.Entry<K, Address> entry = rest.next();
            items.add(item.apply(entry.getKey(), entry.getValue()));
            last = entry.getKey().toString();
        }
        return new Page<>(items, rest.hasNext() ? encoded(last) : null, items.size() == set.size());
    }

    private <K> K key(Function<String, K> parse) {
        try {
            return parse.apply(after);
        } catch (RuntimeException e) {
            throw foreignCursor();
        }
    }

    /** The cursor of a page that begins after this key. */
    public static String encoded(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (!key.isEmpty()) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw foreignCursor();
        }
        throw foreignCursor();
    }

    /** What a cursor of another list is refused with. */
    public static ProblemException foreignCursor() {
        return invalid("The cursor is none of this list.", "Give the value of 'next' unchanged, or leave it out.");
    }

    private static ProblemException invalid(String detail, String remedy) {
        return new ProblemException(ProblemName.INVALID_VALUE, detail, remedy);
    }
}

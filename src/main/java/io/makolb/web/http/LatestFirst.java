package io.makolb.web.http;

import io.makolb.web.strict.QueryNames;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a growing record is wanted: newest first, in pages. A cursor is the number of the last item before it, so it stays
 * good while the record grows.
 *
 * @param limit items of a page
 * @param before only items with lower numbers; {@link Long#MAX_VALUE} = from the newest on
 */
@QueryNames({"limit", "cursor"})
public record LatestFirst(int limit, long before) {

    /** Items of a page where no limit is given. */
    public static final int DEFAULT_LIMIT = 100;

    static LatestFirst of(@Nullable String limit, @Nullable String cursor) {
        Paging paging = Paging.of(limit == null ? Integer.toString(DEFAULT_LIMIT) : limit, cursor);
        return new LatestFirst(paging.limit(), paging.after().isEmpty() ? Long.MAX_VALUE : number(paging.after()));
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Paging.foreignCursor();
        }
    }

    /** One more than a page holds: whether there is one tells whether a page follows. */
    public int wanted() {
        return limit + 1;
    }

    /**
     * The cursor of the page that follows; null when none does.
     *
     * @param found up to {@link #wanted} items
     */
    public <T> @Nullable String next(List<T> found, ToLongFunction<T> number) {
        return found.size() > limit ? Paging.encoded(Long.toString(number.applyAsLong(found.get(limit - 1)))) : null;
    }

    /** The items of the page itself. */
    public <T> List<T> page(List<T> found) {
        return found.subList(0, Math.min(limit, found.size()));
    }
}

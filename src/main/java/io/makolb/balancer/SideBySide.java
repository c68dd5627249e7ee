package io.makolb.balancer;

import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Two sorted maps walked together, once, in key order. */
final class SideBySide {

    /** What is done with the values of one key; one of them may be absent. */
    @FunctionalInterface
    interface Visitor<K, V, W> {
        void visit(K key, @Nullable V left, @Nullable W right);
    }

    private SideBySide() {}

    static <K extends Comparable<? super K>, V, W> void walk(
            NavigableMap<K, V> left, NavigableMap<K, W> right, Visitor<K, V, W> visitor) {
        Iterator<Map.Entry<K, V>> lefts = left.entrySet().iterator();
        Iterator<Map.Entry<K, W>> rights = right.entrySet().iterator();
        Map.Entry<K, V> l = next(lefts);
        Map.Entry<K, W> r = next(rights);
        while (l != null || r != null) {
            int order = l == null ? 1 : r == null ? -1 : compare(l.getKey(), r.getKey());
            if (l != null && order < 0) {
                visitor.visit(l.getKey(), l.getValue(), null);
                l = next(lefts);
            } else if (r != null && order > 0) {
                visitor.visit(r.getKey(), null, r.getValue());
                r = next(rights);
            } else if (l != null && r != null) {
                visitor.visit(l.getKey(), l.getValue(), r.getValue());
                l = next(lefts);
                r = next(rights);
            }
        }
    }

    /** Configurations share most of their keys with their predecessors: those need no comparison. */
    private static <K extends Comparable<? super K>> int compare(K left, K right) {
        return same(left, right) ? 0 : left.compareTo(right);
    }

    /**
     * Whether these are one object, and so equal without a look inside. Configurations and images share what did not change with
     * those they were made from.
     */
    @SuppressWarnings("ReferenceEquality") // that is the point
    static boolean same(@Nullable Object left, @Nullable Object right) {
        return left == right;
    }

    private static <E> @Nullable E next(Iterator<E> iterator) {
        return iterator.hasNext() ? iterator.next() : null;
    }
}

package io.makolb.web.strict;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what somebody may have meant. */
public final class Spelling {

    private Spelling() {}

    /** The known name that is closest to a mistyped one; absent when none is close. */
    public static Optional<String> nearest(String mistyped, Collection<String> known) {
        int tolerance = Math.max(1, mistyped.length() / 3);
        return known.stream()
                .filter(name -> distance(mistyped, name) <= tolerance)
                .min(Comparator.comparingInt((String name) -> distance(mistyped, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** A sentence that helps: the nearest name, or all of them. */
    public static String remedy(String mistyped, Collection<String> known) {
        return nearest(mistyped, known)
                .map(name -> "Did you mean '" + name + "'?")
                .orElseGet(() -> known.isEmpty()
                        ? "None is known here."
                        : "Known: " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    /** Levenshtein distance, ignoring case and the difference of hyphens and underscores. */
    private static int distance(String left, String right) {
        String a = folded(left);
        String b = folded(right);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }
}

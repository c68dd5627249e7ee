package io.makolb.plane;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A few rows in which every two values of any two factors meet at least once. Each row begins with a pair that has not met yet; its
 * other values are those with which most pairs meet for the first time.
 */
final class AllPairs {

    /** What can have several values. */
    record Factor(String name, List<String> values) {}

    /** Two values that are to meet, by the numbers of their factors; the first one is the lower. */
    record Pair(int first, String firstValue, int second, String secondValue) {}

    private static final int CANDIDATES = 20;

    private final List<Factor> factors;
    private final Random random;
    private final Set<Pair> left;

    private AllPairs(List<Factor> factors, Random random) {
        this.factors = factors;
        this.random = random;
        this.left = pairs(factors);
    }

    /** The rows: a value of each factor, by its name. */
    static List<Map<String, String>> rows(List<Factor> factors, Random random) {
        AllPairs pairs = new AllPairs(factors, random);
        List<Map<String, String>> rows = new ArrayList<>();
        while (!pairs.left.isEmpty()) {
            rows.add(pairs.next());
        }
        return rows;
    }

    /** Every two values that can meet. */
    static Set<Pair> pairs(List<Factor> factors) {
        Set<Pair> all = new HashSet<>();
        for (int second = 1; second < factors.size(); second++) {
            for (int first = 0; first < second; first++) {
                for (String one : factors.get(first).values()) {
                    for (String other : factors.get(second).values()) {
                        all.add(new Pair(first, one, second, other));
                    }
                }
            }
        }
        return all;
    }

    private Map<String, String> next() {
        String[] best = {};
        int most = -1;
        for (int candidate = 0; candidate < CANDIDATES; candidate++) {
            String[] row = candidate();
            int met = met(row).size();
            if (met > most) {
                most = met;
                best = row;
            }
        }
        met(best).forEach(left::remove);
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < best.length; i++) {
            named.put(factors.get(i).name(), best[i]);
        }
        return named;
    }

    private String[] candidate() {
        List<Pair> open = new ArrayList<>(left);
        Pair begun = open.get(random.nextInt(open.size()));
        String[] row = new String[factors.size()];
        row[begun.first()] = begun.firstValue();
        row[begun.second()] = begun.secondValue();
        for (int i = 0; i < row.length; i++) {
            if (row[i] == null) {
                row[i] = mostWanted(i, row);
            }
        }
        return row;
    }

    private String mostWanted(int factor, String[] row) {
        String wanted = "";
        int most = -1;
        int from = random.nextInt(factors.get(factor).values().size());
        for (int i = 0; i < factors.get(factor).values().size(); i++) {
            List<String> values = factors.get(factor).values();
            row[factor] = values.get((from + i) % values.size());
            int met = met(row).size();
            if (met > most) {
                most = met;
                wanted = row[factor];
            }
        }
        return wanted;
    }

    /** Pairs that meet for the first time in a row, which may have gaps. */
    private List<Pair> met(String[] row) {
        List<Pair> met = new ArrayList<>();
        for (int second = 1; second < row.length; second++) {
            for (int first = 0; first < second; first++) {
                Pair pair = new Pair(first, row[first], second, row[second]);
                if (left.contains(pair)) {
                    met.add(pair);
                }
            }
        }
        return met;
    }
}

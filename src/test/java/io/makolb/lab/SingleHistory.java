package io.makolb.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * What many authors were told, and whether one history explains all of it. Each key has one author, who sends one request after the
 * other; nobody sends a value twice.
 */
final class SingleHistory {

    /** A request that was answered with a revision. Times are of one monotonic clock. */
    private record Answered(long begun, long ended, long revision, boolean write, String what) {}

    private final List<Answered> answered = new ArrayList<>();
    private final Map<String, Set<Integer>> possible = new HashMap<>();
    private final Set<String> acknowledgedKeys = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private int acknowledged;
    private int unknown;

    /** A write that was acknowledged. */
    synchronized void written(String key, int value, long revision, long begun, long ended) {
        possible.put(key, new HashSet<>(Set.of(value)));
        acknowledgedKeys.add(key);
        answered.add(new Answered(begun, ended, revision, true, "write of " + value + " to " + key));
        acknowledged++;
    }

    /** A write of which nobody can tell whether it was made. */
    synchronized void maybeWritten(String key, int value) {
        possible.computeIfAbsent(key, missing -> new HashSet<>()).add(value);
        unknown++;
    }

    /** What was read of a key. */
    synchronized void read(String key, int value, long revision, long begun, long ended) {
        Set<Integer> values = possible.get(key);
        if (values == null || !values.contains(value)) {
            violations.add(key + " is " + value + " at revision " + revision + ", but can only be " + values);
        }
        answered.add(new Answered(begun, ended, revision, false, "read of " + key));
    }

    /** A key that nobody has. */
    synchronized void absent(String key) {
        if (acknowledgedKeys.contains(key)) {
            violations.add(key + " is gone, though a write of it was acknowledged");
        }
    }

    /** Something that must not happen at all. */
    synchronized void unexpected(String what) {
        violations.add(what);
    }

    synchronized int acknowledged() {
        return acknowledged;
    }

    synchronized int unknown() {
        return unknown;
    }

    /** Everything that no single history explains; empty: one does. */
    synchronized List<String> violations() {
        List<String> found = new ArrayList<>(violations);
        Map<Long, Answered> writes = new HashMap<>();
        for (Answered each : answered) {
            Answered other = each.write() ? writes.putIfAbsent(each.revision(), each) : null;
            if (other != null) {
                found.add(each.what() + " and " + other.what() + " are both revision " + each.revision());
            }
        }
        List<Answered> byBegin = new ArrayList<>(answered);
        byBegin.sort(Comparator.comparingLong(Answered::begun));
        PriorityQueue<Answered> underWay = new PriorityQueue<>(Comparator.comparingLong(Answered::ended));
        Answered latest = null;
        for (Answered each : byBegin) {
            while (!underWay.isEmpty() && underWay.peek().ended() < each.begun()) {
                Answered over = underWay.remove();
                latest = latest == null || over.revision() > latest.revision() ? over : latest;
            }
            long least = latest == null ? 0 : latest.revision() + (each.write() ? 1 : 0);
            if (latest != null && each.revision() < least) {
                found.add(each.what() + " began after " + latest.what() + " was answered with revision "
                        + latest.revision() + ", and was answered with " + each.revision());
            }
            underWay.add(each);
        }
        return found;
    }
}

package io.makolb.balancer;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was found when the kernel was compared with the configuration.
 *
 * @param checkedAt when the kernel was read
 * @param took how long that was, by the monotonic clock
 * @param revision of the configuration it was compared with
 * @param drifted what differs, by resource, as a path below the API's base
 * @param unchecked resources that changed while they were read; nothing is said of them
 */
public record DriftReport(
        Instant checkedAt,
        Duration took,
        long revision,
        NavigableMap<String, List<Deviation>> drifted,
        NavigableSet<String> unchecked) {

    public DriftReport(
            Instant checkedAt,
            Duration took,
            long revision,
            NavigableMap<String, List<Deviation>> drifted,
            NavigableSet<String> unchecked) {
        this.checkedAt = checkedAt;
        this.took = took;
        this.revision = revision;
        this.drifted = Collections.unmodifiableNavigableMap(new TreeMap<>(drifted));
        this.unchecked = Collections.unmodifiableNavigableSet(new TreeSet<>(unchecked));
    }
}

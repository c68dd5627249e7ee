package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.HealthMark;
import io.makolb.model.VipId;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What health checks obey.
 *
 * @param marks where packets with a mark go
 * @param keys destinations that are counted by themselves
 * @param interfaces on which the program looks at what leaves
 */
public record HealthCheckImage(
        NavigableMap<HealthMark, Address> marks, NavigableSet<VipId> keys, NavigableSet<String> interfaces) {

    /** No marks, no keys, attached nowhere. */
    public static final HealthCheckImage EMPTY =
            new HealthCheckImage(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());

    public HealthCheckImage(
            NavigableMap<HealthMark, Address> marks, NavigableSet<VipId> keys, NavigableSet<String> interfaces) {
        this.marks = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<HealthMark, Address>) marks));
        this.keys = Collections.unmodifiableNavigableSet(new TreeSet<>(keys));
        this.interfaces = Collections.unmodifiableNavigableSet(new TreeSet<>(interfaces));
    }

    /** The same on other interfaces. */
    HealthCheckImage with(NavigableSet<String> others) {
        return new HealthCheckImage(marks, keys, others);
    }
}

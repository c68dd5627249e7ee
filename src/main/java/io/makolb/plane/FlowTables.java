package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.plane.MapLayout.Fallback;
import io.makolb.plane.MapLayout.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The connection tables: those of the CPUs, then the one that serves CPUs without. Walks go through them in this order. */
final class FlowTables {

    /** A walk has come to the end of its table. */
    static final long END = -1;

    /** The table of one CPU and family. */
    private record OfCpu(int cpu, boolean ipv6, BpfMap map) {

        int entrySize() {
            return ipv6 ? Flow.V6_SIZE : Flow.V4_SIZE;
        }

        int tail() {
            return ipv6 ? Flow.V6_TAIL : Flow.V4_TAIL;
        }
    }

    private final List<OfCpu> ofCpus = new ArrayList<>();
    private final BpfMap fallback;

    FlowTables(PlaneMaps maps) {
        maps.flows().forEach((name, map) -> {
            int cpu = Integer.parseInt(name.substring(name.lastIndexOf('_') + 1));
            ofCpus.add(new OfCpu(cpu, name.startsWith(PlaneMaps.FLOW6), map));
        });
        this.fallback = maps.map(PlaneMaps.FALLBACK);
    }

    /** How many tables there are. */
    int count() {
        return ofCpus.size() + 1;
    }

    /** Shows every connection of every table. Takes as long as reading all their memory. */
    void each(Consumer<FlowEntry> visitor) {
        for (int table = 0; table < count(); table++) {
            walk(table, 0, entry -> {
                visitor.accept(entry);
                return true;
            });
        }
    }

    /**
     * Shows the connections of a table from an entry on.
     *
     * @param visitor false = this one is too much
     * @return number of the entry that was too much, or {@link #END}
     */
    long walk(int table, long from, Predicate<FlowEntry> visitor) {
        return table < ofCpus.size() ? walk(ofCpus.get(table), from, visitor) : walkFallback(from, visitor);
    }

    private static long walk(OfCpu table, long from, Predicate<FlowEntry> visitor) {
        // Mapped only while it is read: hundreds of megabytes would count as the process's own.
        try (BpfMapMemory memory = table.map().memory()) {
            FlowEntry.InMemory entry = new FlowEntry.InMemory(table.cpu(), memory, table.tail());
            long entries = memory.size() / table.entrySize();
            for (long number = from; number < entries; number++) {
                if (entry.show(number * table.entrySize()) && !visitor.test(entry)) {
                    return number;
                }
            }
            return END;
        }
    }

    private long walkFallback(long from, Predicate<FlowEntry> visitor) {
        BpfMapReader reader = fallback.reader(Fallback.ENTRIES);
        FlowEntry.InFallback entry = new FlowEntry.InFallback(fallback, reader);
        long number = 0;
        for (int read = reader.next(); read > 0; read = reader.next()) {
            for (int i = 0; i < read; i++, number++) {
                if (number >= from && entry.show(i) && !visitor.test(entry)) {
                    return number;
                }
            }
        }
        return END;
    }
}

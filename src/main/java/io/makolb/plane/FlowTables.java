package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfMapReader;
import io.makolb.plane.MapLayout.Fallback;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The connection tables: those of the CPUs, the global one, and the one that serves CPUs without. Walks go through them in this order. */
final class FlowTables {

    /** A walk has come to the end of its table. */
    static final long END = -1;

    /**
     * A table in mapped memory.
     *
     * @param cpu whose it is; -1 = the global one
     */
    private record Mapped(int cpu, FlowLayout layout, BpfMap map) {

        Connection.Table kind() {
            return cpu < 0 ? Connection.Table.GLOBAL : Connection.Table.CPU;
        }
    }

    private final List<Mapped> mapped = new ArrayList<>();
    private final List<BpfMap> fallbacks;

    FlowTables(PlaneMaps maps) {
        maps.flows().forEach((name, map) -> {
            boolean global = name.startsWith(PlaneMaps.GLOBAL);
            int cpu = global ? -1 : Integer.parseInt(name.substring(name.lastIndexOf('_') + 1));
            mapped.add(new Mapped(cpu, FlowLayout.ofTable(name), map));
        });
        this.fallbacks = List.of(maps.map(PlaneMaps.FALLBACK), maps.map(PlaneMaps.FALLBACK_TO));
    }

    /** How many tables there are. */
    int count() {
        return mapped.size() + fallbacks.size();
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
        return table < mapped.size()
                ? walk(mapped.get(table), from, visitor)
                : walkFallback(fallbacks.get(table - mapped.size()), from, visitor);
    }

    private static long walk(Mapped table, long from, Predicate<FlowEntry> visitor) {
        // Mapped only while it is read: hundreds of megabytes would count as the process's own.
        try (BpfMapMemory memory = table.map().memory()) {
            FlowEntry.InMemory entry = new FlowEntry.InMemory(table.kind(), table.cpu(), memory, table.layout());
            int size = table.layout().size();
            long entries = memory.size() / size;
            for (long number = from; number < entries; number++) {
                if (entry.show(number * size) && !visitor.test(entry)) {
                    return number;
                }
            }
            return END;
        }
    }

    private static long walkFallback(BpfMap fallback, long from, Predicate<FlowEntry> visitor) {
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

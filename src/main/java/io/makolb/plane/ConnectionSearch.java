package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connections that a filter means. Numbers are read as what owns them at one moment, so a search should not last longer than
 * it takes to read the tables once. Connections of VIPs that are gone are found by nobody, so they are not found here either.
 */
final class ConnectionSearch {

    private final FlowTables tables;
    private final ConnectionFilter filter;
    private final StampClock clock = StampClock.now();

    /** Who owns which number, as far as the filter means it. */
    private final @Nullable VipId[] vips;

    private final @Nullable Address[] reals;

    /**
     * A search that has not begun.
     *
     * @param image who owns which number
     */
    ConnectionSearch(FlowTables tables, PlaneImage image, ConnectionFilter filter) {
        this.tables = tables;
        this.filter = filter;
        this.vips = new VipId[image.limits().maxVips()];
        this.reals = new Address[image.limits().maxReals()];
        image.vips().values().stream()
                .filter(vip -> filter.has(vip.id()))
                .forEach(vip -> vips[vip.number()] = vip.id());
        image.retiredReals().forEach(this::enter);
        image.reals().forEach((address, real) -> enter(address, real.index()));
    }

    private void enter(Address address, int index) {
        if (filter.has(address)) {
            reals[index] = address;
        }
    }

    /** The connections from a place on, at most so many. */
    ConnectionPage page(ConnectionPosition from, int atMost) {
        List<Connection> found = new ArrayList<>();
        for (int table = from.table(); table < tables.count(); table++) {
            long begin = table == from.table() ? from.entry() : 0;
            long next = tables.walk(table, begin, entry -> {
                if (!isMeant(entry)) {
                    return true;
                }
                if (found.size() == atMost) {
                    return false;
                }
                found.add(connection(entry));
                return true;
            });
            if (next != FlowTables.END) {
                return new ConnectionPage(found, Optional.of(new ConnectionPosition(table, next)));
            }
        }
        return new ConnectionPage(found, Optional.empty());
    }

    /** How many there are. */
    ConnectionSample count() {
        long nanos = System.nanoTime();
        int[][] counts = new int[vips.length][];
        tables.each(entry -> {
            if (isMeant(entry)) {
                int[] ofVip = counts[entry.vip()];
                if (ofVip == null) {
                    ofVip = new int[reals.length];
                    counts[entry.vip()] = ofVip;
                }
                ofVip[entry.real()]++;
            }
        });
        Map<VipId, Map<Address, Long>> counted = new HashMap<>();
        for (int number = 0; number < counts.length; number++) {
            VipId vip = vips[number];
            if (vip != null && counts[number] != null) {
                counted.put(vip, byReal(counts[number]));
            }
        }
        return new ConnectionSample(nanos, counted);
    }

    private Map<Address, Long> byReal(int[] counts) {
        Map<Address, Long> byReal = new HashMap<>();
        for (int index = 0; index < counts.length; index++) {
            Address real = reals[index];
            if (real != null && counts[index] != 0) {
                byReal.put(real, (long) counts[index]);
            }
        }
        return byReal;
    }

    /** Removes them; answers how many they were. */
    long purge(KernelWrites writes) {
        long[] purged = {0};
        tables.each(entry -> {
            boolean gone = false;
            // A packet may write its time stamp, or another connection, between the look and the removal: then look
            // again.
            while (!gone && isMeant(entry)) {
                gone = entry.purge(writes);
            }
            purged[0] += gone ? 1 : 0;
        });
        return purged[0];
    }

    private boolean isMeant(FlowEntry entry) {
        VipId vip = entry.vip() < vips.length ? vips[entry.vip()] : null;
        return vip != null
                && entry.real() < reals.length
                && reals[entry.real()] != null
                && (filter.client().isEmpty() || filter.hasClient(client(entry, vip)))
                && (filter.silentAtMost().isEmpty() || filter.hasSilence(silent(entry)));
    }

    private Connection connection(FlowEntry entry) {
        VipId vip = vips[entry.vip()];
        Address real = reals[entry.real()];
        if (vip == null || real == null) {
            throw new IllegalStateException("only what is meant is shown");
        }
        return new Connection(
                vip,
                real,
                vip.isHost() ? vip.address() : entry.destination(vip.address().ipv6()),
                client(entry, vip),
                entry.clientPort(),
                entry.port(),
                silent(entry),
                entry.table(),
                entry.cpu());
    }

    private static Address client(FlowEntry entry, VipId vip) {
        return entry.client(vip.address().ipv6());
    }

    private Optional<Duration> silent(FlowEntry entry) {
        return clock.since(entry.stamp());
    }
}

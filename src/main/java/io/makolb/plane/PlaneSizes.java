package io.makolb.plane;

import io.makolb.libbpf.BpfMapFlags;
import io.makolb.libbpf.BpfMapType;
import io.makolb.plane.MapLayout.AddressSlot;
import io.makolb.plane.MapLayout.Fallback;
import io.makolb.plane.MapLayout.Flow;
import io.makolb.plane.MapLayout.HealthCheckKey;
import io.makolb.plane.MapLayout.HealthCheckMark;
import io.makolb.plane.MapLayout.ServiceSlot;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How large everything is.
 *
 * @param maxVips VIP numbers
 * @param maxReals real indexes, 0 included
 * @param ringSize slots of a ring
 * @param connections entries of the connection table of one family, over all cores
 * @param cores CPUs with a connection table of their own
 * @param possibleCpus CPUs that could ever come up
 * @param maxDecapDestinations addresses at which tunnels end
 * @param globalConnections entries of the global connection table, for each core; 0 = there is none
 * @param maxSourceRoutes networks of clients with a real of their own; 0 = packets do not look for any
 * @param prefixVips whether VIPs may be prefixes, whose connections have tables of their own
 */
record PlaneSizes(
        int maxVips,
        int maxReals,
        int ringSize,
        int connections,
        BitSet cores,
        int possibleCpus,
        int maxDecapDestinations,
        int globalConnections,
        int maxSourceRoutes,
        boolean prefixVips) {

    /** Rings that can be written aside while every VIP has one. */
    static final int SPARE_RINGS = 64;

    /** A flag of linux/bpf.h that the template of a connection table carries. */
    static final int NUMA_NODE = 1 << 2;

    /** In tiny tables, three keys with the same two buckets would not be rare enough. */
    private static final int LEAST_ADDRESS_BUCKETS = 256;

    private static final int LEAST_SERVICE_BUCKETS = 64;

    private static final String MAX_VIPS = "mako.dataplane.max-vips";
    private static final String MAX_REALS = "mako.dataplane.max-reals";

    /** Buckets of the address table in each generation: with two slots each, at most half of them are taken. */
    int addressBuckets() {
        return Math.max(LEAST_ADDRESS_BUCKETS, powerOfTwo(maxVips));
    }

    /** Buckets of the service table in each generation: with four slots each, at most half of them are taken. */
    int serviceBuckets() {
        return Math.max(LEAST_SERVICE_BUCKETS, powerOfTwo((maxVips + 1) / 2));
    }

    /** Ring slots, with number 0, which means "no ring". */
    int ringSlots() {
        return 1 + maxVips + SPARE_RINGS;
    }

    /** Bytes of a ring slot: 16 bits for each slot of the ring, whole double words. */
    int ringBytes() {
        return (ringSize + 3) / 4 * 4 * Short.BYTES;
    }

    /** Sets of one core's connection table, the same for both families and for prefixes. */
    int flowSets() {
        int perCore = ceilDiv(connections, cores.cardinality());
        return Math.max(1, ceilDiv(perCore, Flow.WAYS));
    }

    /** Sets of the global connection table: a third of it stays free when it is full, so that hardly any connection is pushed out. */
    int globalSets() {
        long entries = (long) globalConnections * cores.cardinality();
        return Math.toIntExact((entries * 3 / 2 + Flow.WAYS - 1) / Flow.WAYS);
    }

    PlaneLimits limits() {
        return new PlaneLimits(
                maxVips, maxReals, MapLayout.MemberRow.ROWS, ringSize, maxDecapDestinations, maxSourceRoutes);
    }

    /** Every map of the plane but the connection tables of single CPUs. */
    List<MapShape> shapes() {
        return Stream.concat(forwardingShapes().stream(), healthCheckShapes().stream())
                .toList();
    }

    /** Those that only the health-check program uses. */
    List<MapShape> healthCheckShapes() {
        return List.of(
                new MapShape(
                        PlaneMaps.HEALTHCHECK_MARKS,
                        BpfMapType.HASH,
                        Integer.BYTES,
                        HealthCheckMark.SIZE,
                        maxReals,
                        0,
                        MAX_REALS),
                new MapShape(
                        PlaneMaps.HEALTHCHECK_KEYS,
                        BpfMapType.PERCPU_HASH,
                        HealthCheckKey.SIZE,
                        MapLayout.Count.SIZE,
                        maxVips,
                        0,
                        MAX_VIPS));
    }

    /** Those that the balancer uses. */
    List<MapShape> forwardingShapes() {
        return List.of(
                new MapShape(PlaneMaps.META, BpfMapType.ARRAY, Integer.BYTES, MapLayout.Meta.SIZE, 1, 0, ""),
                MapShape.mapped(PlaneMaps.CONTROL, MapLayout.Control.SIZE, 1, ""),
                MapShape.mapped(
                        PlaneMaps.ADDRESSES,
                        AddressSlot.BUCKET_SIZE,
                        MapLayout.VIP_GENERATIONS * addressBuckets(),
                        MAX_VIPS),
                MapShape.mapped(
                        PlaneMaps.SERVICES,
                        ServiceSlot.BUCKET_SIZE,
                        MapLayout.VIP_GENERATIONS * serviceBuckets(),
                        MAX_VIPS),
                new MapShape(
                        PlaneMaps.PREFIXES,
                        BpfMapType.LPM_TRIE,
                        MapLayout.PrefixKey.SIZE,
                        Integer.BYTES,
                        PrefixTable.entries(maxVips),
                        BpfMapFlags.NO_PREALLOC,
                        MAX_VIPS),
                MapShape.mapped(PlaneMaps.VIPS, MapLayout.VipRow.SIZE, maxVips, MAX_VIPS),
                MapShape.mapped(PlaneMaps.RINGS, ringBytes(), ringSlots(), MAX_VIPS + " or mako.dataplane.ring-size"),
                MapShape.mapped(PlaneMaps.REALS, MapLayout.RealRow.SIZE, maxReals, MAX_REALS),
                MapShape.mapped(PlaneMaps.MEMBERS, MapLayout.MemberRow.SIZE, MapLayout.MemberRow.ROWS, ""),
                new MapShape(
                        PlaneMaps.DECAP,
                        BpfMapType.HASH,
                        MapLayout.DecapRow.KEY_SIZE,
                        MapLayout.DecapRow.SIZE,
                        maxDecapDestinations,
                        0,
                        "mako.dataplane.max-decap-destinations"),
                MapShape.mapped(PlaneMaps.GATEWAYS, MapLayout.GatewayRow.SIZE, MapLayout.GATEWAYS, ""),
                MapShape.mapped(
                        PlaneMaps.DOWN_REALS,
                        Long.BYTES,
                        maxVips * DownRealTable.words(maxReals),
                        MAX_VIPS + " or " + MAX_REALS),
                outer(PlaneMaps.FLOW4),
                outer(PlaneMaps.FLOW6),
                outer(PlaneMaps.FLOW_TO),
                new MapShape(PlaneMaps.GLOBAL, BpfMapType.ARRAY_OF_MAPS, Integer.BYTES, Integer.BYTES, 1, 0, ""),
                new MapShape(
                        PlaneMaps.SERVER_IDS,
                        BpfMapType.ARRAY_OF_MAPS,
                        Integer.BYTES,
                        Integer.BYTES,
                        MapLayout.ServerIds.PAGES,
                        0,
                        ""),
                routes(PlaneMaps.ROUTES4),
                routes(PlaneMaps.ROUTES6),
                new MapShape(
                        PlaneMaps.FALLBACK,
                        BpfMapType.LRU_HASH,
                        Fallback.KEY_SIZE,
                        Fallback.VALUE_SIZE,
                        Fallback.ENTRIES,
                        0,
                        ""),
                new MapShape(
                        PlaneMaps.FALLBACK_TO,
                        BpfMapType.LRU_HASH,
                        Fallback.KEY_TO_SIZE,
                        Fallback.VALUE_SIZE,
                        Fallback.ENTRIES,
                        0,
                        ""),
                MapShape.perCpu(PlaneMaps.COUNTERS, MapLayout.Counters.SIZE, 1, ""),
                MapShape.perCpu(PlaneMaps.VIP_STATS, MapLayout.VipStats.SIZE, maxVips, MAX_VIPS),
                MapShape.perCpu(PlaneMaps.REAL_STATS, MapLayout.Count.SIZE, maxReals, MAX_REALS));
    }

    /** The connection table of one CPU. */
    MapShape flowShape(String outer, int cpu) {
        int setSize = switch (outer) {
            case PlaneMaps.FLOW4 -> Flow.SET4_SIZE;
            case PlaneMaps.FLOW6 -> Flow.SET6_SIZE;
            default -> Flow.SET_TO_SIZE;
        };
        return new MapShape(
                outer + "_" + cpu,
                BpfMapType.ARRAY,
                Integer.BYTES,
                setSize,
                flowSets(),
                BpfMapFlags.MMAPABLE | NUMA_NODE,
                "mako.dataplane.connection-table-size or mako.dataplane.forwarding-cores");
    }

    /** The global connection table, if there is one. */
    Optional<MapShape> globalShape() {
        return globalSets() == 0
                ? Optional.empty()
                : Optional.of(new MapShape(
                        PlaneMaps.GLOBAL + "_0",
                        BpfMapType.ARRAY,
                        Integer.BYTES,
                        Flow.SET_TO_SIZE,
                        globalSets(),
                        BpfMapFlags.MMAPABLE | BpfMapFlags.INNER_MAP,
                        "mako.dataplane.global-connection-table-size"));
    }

    /** The outer maps of the connection tables that every forwarding CPU has. */
    List<String> flowTables() {
        return prefixVips
                ? List.of(PlaneMaps.FLOW4, PlaneMaps.FLOW6, PlaneMaps.FLOW_TO)
                : List.of(PlaneMaps.FLOW4, PlaneMaps.FLOW6);
    }

    /** Kernel memory of all maps, in bytes; VIPs that are prefixes take a little more when they are there. */
    long bytes() {
        long bytes = 0;
        for (MapShape shape : shapes()) {
            bytes += shape.bytes(possibleCpus);
        }
        long flows = flowTables().stream()
                .mapToLong(outer -> flowShape(outer, 0).bytes(possibleCpus))
                .sum();
        bytes += globalShape().map(shape -> shape.bytes(possibleCpus)).orElse(0L);
        return bytes + flows * cores.cardinality();
    }

    private static MapShape routes(String name) {
        return new MapShape(name, BpfMapType.ARRAY_OF_MAPS, Integer.BYTES, Integer.BYTES, MapLayout.ROUTE_SLOTS, 0, "");
    }

    private MapShape outer(String name) {
        return new MapShape(
                name, BpfMapType.ARRAY_OF_MAPS, Integer.BYTES, Integer.BYTES, possibleCpus, 0, "the number of CPUs");
    }

    private static int ceilDiv(int dividend, int divisor) {
        return (int) (((long) dividend + divisor - 1) / divisor);
    }

    private static int powerOfTwo(int atLeast) {
        return atLeast <= 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
    }
}

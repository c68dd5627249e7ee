package io.makolb.plane;

import io.makolb.libbpf.BpfException;
import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapDefinition;
import io.makolb.libbpf.BpfMapSpec;
import io.makolb.libbpf.BpfObject;
import io.makolb.libbpf.BpfProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Brings maps and the forwarding program into the kernel, and finds them again. */
final class PlaneLoader implements ProgramSource {

    /** The forwarding program, in the object and as a pin. */
    static final String PROGRAM = "mako_ingress";

    private static final String OBJECT = "balancer";
    private static final String SETTINGS = ".rodata.cfg";

    private final byte[] object;
    private final PlaneSizes sizes;
    private final PlaneSettings settings;

    PlaneLoader(PlaneSizes sizes, PlaneSettings settings) {
        this.object = ObjectFiles.read(OBJECT);
        this.sizes = sizes;
        this.settings = settings;
    }

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public byte[] digest() {
        return settings.digest(object);
    }

    @Override
    public int digestField() {
        return MapLayout.Meta.SETTINGS_DIGEST;
    }

    /** Creates all maps; nothing is pinned. They go away with their handles. */
    PlaneMaps createMaps() {
        Map<String, BpfMap> maps = new LinkedHashMap<>();
        Map<String, BpfMap> flows = new LinkedHashMap<>();
        try (BpfObject loading = BpfObject.open(OBJECT, object);
                BpfMap template4 = create(sizes.flowShape(PlaneMaps.FLOW4, 0), 0);
                BpfMap template6 = create(sizes.flowShape(PlaneMaps.FLOW6, 0), 0);
                BpfMap templateTo = create(sizes.flowShape(PlaneMaps.FLOW_TO, 0), 0)) {
            Map<String, BpfMap> templates =
                    Map.of(PlaneMaps.FLOW4, template4, PlaneMaps.FLOW6, template6, PlaneMaps.FLOW_TO, templateTo);
            loading.programDefinition(PROGRAM).autoload(false);
            for (MapShape shape : sizes.forwardingShapes()) {
                define(loading.definition(shape.name()), shape, templates.get(shape.name()));
            }
            loading.load();
            for (MapShape shape : sizes.forwardingShapes()) {
                maps.put(shape.name(), loading.map(shape.name()));
            }
            HealthCheckLoader.createMaps(sizes, maps);
            sizes.flowTables().forEach(outer -> fill(outer, maps, flows));
            sizes.globalShape().ifPresent(shape -> flows.put(shape.name(), createGlobal(shape, maps)));
            return new PlaneMaps(maps, flows);
        } catch (RuntimeException e) {
            maps.values().forEach(BpfMap::close);
            flows.values().forEach(BpfMap::close);
            throw e;
        }
    }

    /** Opens the maps of a plane that is pinned. */
    PlaneMaps openMaps(PinDirectory pins, KernelWrites writes) {
        Map<String, BpfMap> maps = new LinkedHashMap<>();
        Map<String, BpfMap> flows = new LinkedHashMap<>();
        try {
            for (MapShape shape : sizes.shapes()) {
                maps.put(shape.name(), open(pins, shape));
            }
            for (String outer : List.of(PlaneMaps.FLOW4, PlaneMaps.FLOW6)) {
                for (int cpu : sizes.cores().stream().toArray()) {
                    MapShape shape = sizes.flowShape(outer, cpu);
                    flows.put(shape.name(), open(pins, shape));
                }
            }
            openPrefixes(pins, maps, flows, writes);
            openGlobal(pins, maps, flows, writes);
            return new PlaneMaps(maps, flows);
        } catch (RuntimeException e) {
            maps.values().forEach(BpfMap::close);
            flows.values().forEach(BpfMap::close);
            throw e;
        }
    }

    @Override
    public BpfProgram load(PlaneMaps maps) {
        try (BpfObject loading = BpfObject.open(OBJECT, object)) {
            maps.lendTo(loading);
            loading.definition(SETTINGS).initialValue(settings.bytes());
            loading.load();
            return loading.program(PROGRAM);
        }
    }

    private static void define(BpfMapDefinition definition, MapShape shape, @Nullable BpfMap template) {
        definition.maxEntries(shape.entries());
        if (shape.name().equals(PlaneMaps.RINGS)) {
            definition.valueSize(shape.valueSize());
        }
        if (template != null) {
            definition.innerMap(template);
        }
    }

    /** Gives every forwarding CPU its connection table. */
    private void fill(String outer, Map<String, BpfMap> maps, Map<String, BpfMap> flows) {
        int begin = sizes.cores().nextSetBit(0);
        while (begin >= 0) {
            int end = sizes.cores().nextClearBit(begin);
            List<BpfMap> run = new ArrayList<>();
            for (int cpu = begin; cpu < end; cpu++) {
                MapShape shape = sizes.flowShape(outer, cpu);
                BpfMap created = create(shape, NumaNodes.ofCpu(cpu));
                flows.put(shape.name(), created);
                run.add(created);
            }
            BpfMap map = maps.get(outer);
            if (map != null) {
                map.updateInners(begin, run);
            }
            begin = sizes.cores().nextSetBit(end);
        }
    }

    private static BpfMap createGlobal(MapShape shape, Map<String, BpfMap> maps) {
        BpfMap created = BpfMap.create(BpfMapSpec.array(PlaneMaps.GLOBAL, shape.valueSize(), shape.entries())
                .withFlags(shape.flags()));
        try {
            Objects.requireNonNull(maps.get(PlaneMaps.GLOBAL)).updateInners(0, List.of(created));
            return created;
        } catch (RuntimeException e) {
            created.close();
            throw e;
        }
    }

    /**
     * The global connection table may come, go and change its size with every start. What it held is forgotten then: it is
     * there to be filled, and a program that was loaded for another size would look in the wrong places.
     */
    private void openGlobal(
            PinDirectory pins, Map<String, BpfMap> maps, Map<String, BpfMap> flows, KernelWrites writes) {
        String name = PlaneMaps.GLOBAL + "_0";
        BpfMap outer = Objects.requireNonNull(maps.get(PlaneMaps.GLOBAL));
        MapShape wanted = sizes.globalShape().orElse(null);
        if (pins.has(name)) {
            BpfMap pinned = BpfMap.openPinned(pins.pin(name));
            if (wanted != null && wanted.matches(pinned.info())) {
                flows.put(name, pinned);
                return;
            }
            pinned.close();
            writes.other(() -> {
                outer.delete(0);
                pins.remove(name);
            });
        }
        if (wanted != null) {
            writes.other(() -> {
                BpfMap created = createGlobal(wanted, maps);
                flows.put(name, created);
                created.pin(pins.pin(name));
            });
        }
    }

    /** The tables of connections to prefixes come and go with the property. What they held is forgotten when they go. */
    private void openPrefixes(
            PinDirectory pins, Map<String, BpfMap> maps, Map<String, BpfMap> flows, KernelWrites writes) {
        BpfMap outer = Objects.requireNonNull(maps.get(PlaneMaps.FLOW_TO));
        for (int cpu : sizes.cores().stream().toArray()) {
            MapShape shape = sizes.flowShape(PlaneMaps.FLOW_TO, cpu);
            boolean pinned = pins.has(shape.name());
            if (pinned && sizes.prefixVips()) {
                flows.put(shape.name(), open(pins, shape));
            } else if (pinned) {
                writes.other(() -> {
                    outer.delete(cpu);
                    pins.remove(shape.name());
                });
            } else if (sizes.prefixVips()) {
                writes.other(() -> {
                    BpfMap created = create(shape, NumaNodes.ofCpu(cpu));
                    flows.put(shape.name(), created);
                    outer.updateInners(cpu, List.of(created));
                    created.pin(pins.pin(shape.name()));
                });
            }
        }
    }

    private static BpfMap create(MapShape shape, int node) {
        int flags = shape.flags() & ~PlaneSizes.NUMA_NODE;
        return BpfMap.create(BpfMapSpec.array(kernelName(shape.name()), shape.valueSize(), shape.entries())
                .withFlags(flags)
                .onNumaNode(node));
    }

    private static String kernelName(String name) {
        return name.substring(0, Math.min(15, name.length()));
    }

    private static BpfMap open(PinDirectory pins, MapShape shape) {
        BpfMap map;
        try {
            map = BpfMap.openPinned(pins.pin(shape.name()));
        } catch (BpfException e) {
            if (e.isNotFound()) {
                throw new ForeignLayoutException(
                        pins,
                        "has no " + shape.name(),
                        shape.property().isEmpty()
                                ? "Start the version of Mako that made it."
                                : "Set " + shape.property() + " back to what it was.");
            }
            throw e;
        }
        if (!shape.matches(map.info())) {
            String difference = "has a " + shape.name() + " of " + map.info().maxEntries() + " elements of "
                    + map.info().valueSize() + " bytes, not " + shape.entries() + " of " + shape.valueSize();
            map.close();
            throw new ForeignLayoutException(
                    pins,
                    difference,
                    shape.property().isEmpty()
                            ? "Start the version of Mako that made it."
                            : "Set " + shape.property() + " back to what it was.");
        }
        return map;
    }
}

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
                BpfMap template6 = create(sizes.flowShape(PlaneMaps.FLOW6, 0), 0)) {
            loading.programDefinition(PROGRAM).autoload(false);
            for (MapShape shape : sizes.forwardingShapes()) {
                define(loading.definition(shape.name()), shape, template4, template6);
            }
            loading.load();
            for (MapShape shape : sizes.forwardingShapes()) {
                maps.put(shape.name(), loading.map(shape.name()));
            }
            HealthCheckLoader.createMaps(sizes, maps);
            fill(PlaneMaps.FLOW4, maps, flows);
            fill(PlaneMaps.FLOW6, maps, flows);
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

    private static void define(BpfMapDefinition definition, MapShape shape, BpfMap template4, BpfMap template6) {
        switch (shape.name()) {
            case PlaneMaps.FLOW4 -> definition.maxEntries(shape.entries()).innerMap(template4);
            case PlaneMaps.FLOW6 -> definition.maxEntries(shape.entries()).innerMap(template6);
            case PlaneMaps.RINGS -> definition.valueSize(shape.valueSize()).maxEntries(shape.entries());
            default -> definition.maxEntries(shape.entries());
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

package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfObject;
import io.makolb.libbpf.BpfProgram;
import java.util.Map;
import java.util.function.Supplier;

/** Brings the health-check program and its maps into the kernel. */
final class HealthCheckLoader implements ProgramSource {

    /** The program, in the object and as a pin. */
    static final String PROGRAM = "mako_healthcheck";

    private static final String OBJECT = "healthcheck";
    private static final String SETTINGS = ".rodata.cfg";

    private final byte[] object;
    private final Supplier<HealthCheckSetup> find;
    private HealthCheckSetup setup;

    /**
     * A loader.
     *
     * @param find looks at properties and machine
     */
    HealthCheckLoader(Supplier<HealthCheckSetup> find) {
        this.object = ObjectFiles.read(OBJECT);
        this.find = find;
        this.setup = find.get();
    }

    /** Looks at the machine again: addresses and devices may have changed. */
    synchronized void refresh() {
        setup = find.get();
    }

    /** What the program is loaded with. */
    synchronized HealthCheckSetup setup() {
        return setup;
    }

    @Override
    public String name() {
        return PROGRAM;
    }

    @Override
    public byte[] digest() {
        return setup().digest(object);
    }

    @Override
    public int digestField() {
        return MapLayout.Meta.HEALTHCHECK_DIGEST;
    }

    @Override
    public BpfProgram load(PlaneMaps maps) {
        try (BpfObject loading = BpfObject.open(OBJECT, object)) {
            maps.lendTo(loading);
            loading.definition(SETTINGS).initialValue(setup().bytes());
            loading.load();
            return loading.program(PROGRAM);
        }
    }

    /** Creates the maps that only this program uses, beside those that are there. */
    static void createMaps(PlaneSizes sizes, Map<String, BpfMap> maps) {
        try (BpfObject loading = BpfObject.open(OBJECT, ObjectFiles.read(OBJECT))) {
            loading.programDefinition(PROGRAM).autoload(false);
            for (String name : loading.mapNames()) {
                BpfMap shared = maps.get(name);
                if (shared != null) {
                    loading.definition(name).reuse(shared);
                }
            }
            for (MapShape shape : sizes.healthCheckShapes()) {
                loading.definition(shape.name()).maxEntries(shape.entries());
            }
            loading.load();
            for (MapShape shape : sizes.healthCheckShapes()) {
                maps.put(shape.name(), loading.map(shape.name()));
            }
        }
    }
}

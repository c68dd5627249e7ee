package io.makolb.plane;

import io.makolb.libbpf.BpfProgram;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program that packets run through: the one that is pinned if it has these settings, else a new one. */
final class ForwardingProgram implements AutoCloseable {

    /** Beside the pin until all interfaces run it. */
    private static final String LOADED = PlaneLoader.PROGRAM + "_new";

    private final PlaneLoader loader;
    private final PlaneMaps maps;
    private final MetaRecord meta;
    private final PinDirectory pins;
    private final KernelWrites writes;
    private @Nullable BpfProgram program;

    ForwardingProgram(PlaneLoader loader, PlaneMaps maps, MetaRecord meta, PinDirectory pins, KernelWrites writes) {
        this.loader = loader;
        this.maps = maps;
        this.meta = meta;
        this.pins = pins;
        this.writes = writes;
        if (pins.has(PlaneLoader.PROGRAM) && meta.isSettings(loader.digest())) {
            program = BpfProgram.openPinned(pins.pin(PlaneLoader.PROGRAM));
        }
    }

    /** The program with these settings, if there is one in the kernel. */
    synchronized Optional<BpfProgram> current() {
        return Optional.ofNullable(program);
    }

    /** The same, loaded now if need be. */
    synchronized BpfProgram require() {
        BpfProgram present = program;
        return present != null ? present : load();
    }

    /** Loads it anew, whether it is there or not. */
    synchronized BpfProgram load() {
        BpfProgram loaded = loader.loadProgram(maps);
        BpfProgram old = program;
        program = loaded;
        if (old != null) {
            old.close();
        }
        writes.other(() -> {
            if (pins.has(LOADED)) {
                pins.remove(LOADED);
            }
            loaded.pin(pins.pin(LOADED));
        });
        return loaded;
    }

    /** All interfaces run it: from now on it is what a new process takes over. */
    synchronized void settle() {
        if (pins.has(LOADED)) {
            writes.other(() -> pins.rename(LOADED, PlaneLoader.PROGRAM));
        }
        meta.putSettings(loader.digest());
    }

    @Override
    public synchronized void close() {
        if (program != null) {
            program.close();
        }
    }
}

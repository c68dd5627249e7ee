package io.makolb.plane;

import io.makolb.libbpf.BpfProgram;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A program that packets run through: the one that is pinned if it has these settings, else a new one. */
final class PlaneProgram implements AutoCloseable {

    private final ProgramSource source;
    private final PlaneMaps maps;
    private final MetaRecord meta;
    private final PinDirectory pins;
    private final KernelWrites writes;

    /** Beside the pin until all interfaces run it. */
    private final String loadedPin;

    private @Nullable BpfProgram program;

    PlaneProgram(ProgramSource source, PlaneMaps maps, MetaRecord meta, PinDirectory pins, KernelWrites writes) {
        this.source = source;
        this.maps = maps;
        this.meta = meta;
        this.pins = pins;
        this.writes = writes;
        this.loadedPin = source.name() + "_new";
        if (pins.has(source.name()) && meta.isDigest(source.digestField(), source.digest())) {
            program = BpfProgram.openPinned(pins.pin(source.name()));
        }
    }

    /** The program with these settings, if there is one in the kernel. */
    synchronized Optional<BpfProgram> current() {
        return Optional.ofNullable(program);
    }

    /** Its number in the kernel; 0 while there is none. */
    int id() {
        return current().map(loaded -> loaded.info().id()).orElse(0);
    }

    /** The same, loaded now if need be. */
    synchronized BpfProgram require() {
        BpfProgram present = program;
        return present != null ? present : load();
    }

    /** Loads it anew, whether it is there or not. */
    synchronized BpfProgram load() {
        BpfProgram loaded = source.load(maps);
        BpfProgram old = program;
        program = loaded;
        if (old != null) {
            old.close();
        }
        writes.other(() -> {
            if (pins.has(loadedPin)) {
                pins.remove(loadedPin);
            }
            loaded.pin(pins.pin(loadedPin));
        });
        return loaded;
    }

    /** All interfaces run it: from now on it is what a new process takes over. */
    synchronized void settle() {
        if (pins.has(loadedPin)) {
            writes.other(() -> pins.rename(loadedPin, source.name()));
        }
        meta.putDigest(source.digestField(), source.digest());
    }

    @Override
    public synchronized void close() {
        if (program != null) {
            program.close();
        }
    }
}

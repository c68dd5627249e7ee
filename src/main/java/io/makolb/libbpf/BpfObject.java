package io.makolb.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled BPF object file: opened, adjusted through {@link #definition} and {@link #programDefinition}, loaded into
 * the kernel once, and then the source of its maps and programs. Handles taken from it own their descriptors and stay
 * valid when the object is closed. Not for use by several threads at a time.
 */
public final class BpfObject implements AutoCloseable {

    private final String name;
    private @Nullable Pointer object;
    private boolean loaded;

    private BpfObject(String name, Pointer object) {
        this.name = name;
        this.object = object;
    }

    /**
     * Parses an object file.
     *
     * @param name for messages
     * @param elf the content of the file
     */
    public static BpfObject open(String name, byte[] elf) {
        BpfLibrary.require();
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        Memory nativeName = new Memory(nameBytes.length + 1L);
        nativeName.clear();
        nativeName.write(0, nameBytes, 0, nameBytes.length);
        Memory image = new Memory(Math.max(1, elf.length));
        image.write(0, elf, 0, elf.length);
        LibBpfLog.beginCapture();
        Pointer object;
        int errno;
        try {
            object = LibBpf.bpf_object__open_mem(image, elf.length, Options.objectOpen(nativeName));
            errno = Native.getLastError();
        } finally {
            Reference.reachabilityFence(image);
            Reference.reachabilityFence(nativeName);
        }
        VerifierLog log = VerifierLog.parse(LibBpfLog.endCapture());
        if (object == null) {
            throw new BpfException("open", "BPF object " + name, errno, log.words());
        }
        return new BpfObject(name, object);
    }

    /** A map of the object, to be adjusted before {@link #load}. */
    public BpfMapDefinition definition(String mapName) {
        requireNotLoaded();
        return new BpfMapDefinition(this, mapName, findMap(mapName));
    }

    /** A program of the object, to be adjusted before {@link #load}. */
    public BpfProgramDefinition programDefinition(String programName) {
        requireNotLoaded();
        return new BpfProgramDefinition(this, programName, findProgram(programName));
    }

    /** The names of all maps, sections of constants and variables included. */
    public List<String> mapNames() {
        List<String> names = new ArrayList<>();
        Pointer map = LibBpf.bpf_object__next_map(pointer(), null);
        while (map != null) {
            names.add(LibBpf.bpf_map__name(map));
            map = LibBpf.bpf_object__next_map(pointer(), map);
        }
        return names;
    }

    /** The names of all programs. */
    public List<String> programNames() {
        List<String> names = new ArrayList<>();
        Pointer program = LibBpf.bpf_object__next_program(pointer(), null);
        while (program != null) {
            names.add(LibBpf.bpf_program__name(program));
            program = LibBpf.bpf_object__next_program(pointer(), program);
        }
        return names;
    }

    /**
     * Creates the maps and loads the programs.
     *
     * @throws BpfLoadException with the verifier's words when it rejects a program; the object can only be closed then
     */
    public void load() {
        requireNotLoaded();
        LibBpfLog.beginCapture();
        int error;
        String printed;
        try {
            error = LibBpf.bpf_object__load(pointer());
        } finally {
            printed = LibBpfLog.endCapture();
        }
        loaded = true;
        if (error < 0) {
            throw new BpfLoadException(name, -error, VerifierLog.parse(printed));
        }
    }

    /** A new handle of a map, after {@link #load}; the caller closes it. */
    public BpfMap map(String mapName) {
        requireLoaded();
        int fd = LibBpf.bpf_map__fd(findMap(mapName));
        if (fd < 0) {
            throw new BpfException("use the", "map " + mapName, -fd, "It was excluded from loading.");
        }
        return BpfMap.duplicating(fd, "map " + mapName);
    }

    /** A new handle of a program, after {@link #load}; the caller closes it. */
    public BpfProgram program(String programName) {
        requireLoaded();
        int fd = LibBpf.bpf_program__fd(findProgram(programName));
        if (fd < 0) {
            throw new BpfException("use the", "program " + programName, -fd, "It was excluded from loading.");
        }
        return BpfProgram.duplicating(fd, "program " + programName);
    }

    /** Frees what libbpf holds. Maps and programs live on through handles, pins and attachments. */
    @Override
    public void close() {
        Pointer open = object;
        if (open != null) {
            object = null;
            LibBpf.bpf_object__close(open);
        }
    }

    @Override
    public String toString() {
        return "BPF object " + name;
    }

    /** Guards a definition against use at a time when libbpf would not look at the change any more. */
    void requireNotLoaded() {
        pointer();
        if (loaded) {
            throw new IllegalStateException(this + " has been loaded, its definitions are final");
        }
    }

    private void requireLoaded() {
        pointer();
        if (!loaded) {
            throw new IllegalStateException(this + " has not been loaded");
        }
    }

    private Pointer pointer() {
        Pointer open = object;
        if (open == null) {
            throw new IllegalStateException(this + " is closed");
        }
        return open;
    }

    private Pointer findMap(String mapName) {
        Pointer map = LibBpf.bpf_object__find_map_by_name(pointer(), mapName);
        return found(map, "map " + mapName, mapNames());
    }

    private Pointer findProgram(String programName) {
        Pointer program = LibBpf.bpf_object__find_program_by_name(pointer(), programName);
        return found(program, "program " + programName, programNames());
    }

    private Pointer found(@Nullable Pointer pointer, String what, List<String> present) {
        if (pointer == null) {
            throw new BpfException(
                    "find the",
                    what + " in " + this,
                    Errno.ENOENT.code(),
                    "It has " + String.join(", ", present) + ".");
        }
        return pointer;
    }
}

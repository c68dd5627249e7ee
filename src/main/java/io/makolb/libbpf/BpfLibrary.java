package io.makolb.libbpf;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import org.jspecify.annotations.Nullable;

/**
 * The libbpf of this process. It is loaded once: explicitly with {@link #load(String)}, or by the first use of a handle
 * from the system's default place.
 */
public final class BpfLibrary {

    /** The runtime library, never {@code libbpf.so}: that one is the development package's. */
    public static final String DEFAULT_PATH = "libbpf.so.1";

    private static final int MINIMUM_MAJOR = 1;
    private static final int MINIMUM_MINOR = 1;

    private static volatile @Nullable BpfLibrary loaded;

    private final String path;
    private final String version;
    private final int possibleCpus;

    private BpfLibrary(String path) {
        this.path = path;
        this.version = LibBpf.libbpf_version_string();
        this.possibleCpus = checkedPossibleCpus();
    }

    /**
     * Loads the system's libbpf.
     *
     * @throws LibBpfMissingException when there is none
     * @throws LibBpfTooOldException when it is older than 1.1
     */
    public static BpfLibrary load() {
        return load(DEFAULT_PATH);
    }

    /**
     * Loads libbpf from a file, or by a library name that the dynamic loader resolves. Loading the same one again does
     * nothing.
     *
     * @throws IllegalStateException when another libbpf is loaded already: a process has one
     */
    public static synchronized BpfLibrary load(String path) {
        BpfLibrary present = loaded;
        if (present != null) {
            if (!present.path.equals(path)) {
                throw new IllegalStateException(
                        "libbpf is loaded from " + present.path + " already, " + path + " needs a restart");
            }
            return present;
        }
        Native.register(LibBpf.class, open(path));
        LibBpfLog.install();
        BpfLibrary library = new BpfLibrary(path);
        loaded = library;
        return library;
    }

    /** The library in use, loaded from the default place if nothing was loaded before. */
    static BpfLibrary require() {
        BpfLibrary present = loaded;
        return present != null ? present : load();
    }

    /** Opens and checks a library without binding to it. */
    static NativeLibrary open(String path) {
        requireJna(path);
        NativeLibrary library;
        try {
            library = NativeLibrary.getInstance(path);
        } catch (UnsatisfiedLinkError e) {
            throw new LibBpfMissingException(
                    path,
                    "Install the package libbpf1 (Debian, Ubuntu) or libbpf (Fedora, RHEL),"
                            + " or name the file with mako.libbpf.path.",
                    e);
        }
        requireVersion(path, library);
        return library;
    }

    /** The version of the library, such as {@code v1.1}. */
    public String version() {
        return version;
    }

    /** What was given to {@link #load(String)}. */
    public String path() {
        return path;
    }

    /** CPUs the kernel could ever bring up: values of per-CPU maps have one slot for each, online or not. */
    public int possibleCpus() {
        return possibleCpus;
    }

    private static void requireJna(String path) {
        try {
            Native.getNativeSize(int.class);
        } catch (LinkageError e) {
            throw new LibBpfMissingException(
                    path,
                    "JNA's own native part did not load: the directory for temporary files may be mounted noexec."
                            + " Start with -Djna.boot.library.path=DIR -Djna.nounpack=true and libjnidispatch.so in DIR.",
                    e);
        }
    }

    private static void requireVersion(String path, NativeLibrary library) {
        int major;
        int minor;
        try {
            major = library.getFunction("libbpf_major_version").invokeInt(new Object[0]);
            minor = library.getFunction("libbpf_minor_version").invokeInt(new Object[0]);
        } catch (UnsatisfiedLinkError e) {
            // The functions came with 0.6.
            throw new LibBpfTooOldException(path, "before 0.6", minimum());
        }
        if (major < MINIMUM_MAJOR || (major == MINIMUM_MAJOR && minor < MINIMUM_MINOR)) {
            throw new LibBpfTooOldException(path, major + "." + minor, minimum());
        }
    }

    private static String minimum() {
        return MINIMUM_MAJOR + "." + MINIMUM_MINOR;
    }

    private static int checkedPossibleCpus() {
        int cpus = LibBpf.libbpf_num_possible_cpus();
        if (cpus < 0) {
            throw new BpfException(
                    "read", "the number of possible CPUs", -cpus, "It is in /sys/devices/system/cpu/possible.");
        }
        return cpus;
    }
}

package io.makolb.linux;

import com.sun.jna.Native;

/** Waiting for whoever may still read what has been taken out of use. */
public final class MemoryBarrier {

    /** {@code MEMBARRIER_CMD_GLOBAL} of {@code linux/membarrier.h}: the kernel waits for an RCU grace period. */
    private static final int GLOBAL = 1;

    private MemoryBarrier() {}

    /**
     * Returns when every BPF program that was running at the time of the call has ended: 8 to 20 milliseconds. Map memory
     * that no program can find any more may be reused after it, not earlier.
     *
     * @throws LinuxException not supported, on kernels that keep CPUs free of ticks (nohz_full)
     */
    public static void awaitRunningPrograms() {
        if (Libc.syscall(systemCallNumber(System.getProperty("os.arch")), GLOBAL, 0, 0) != 0) {
            throw new LinuxException(
                    "wait for the running programs with",
                    "membarrier",
                    Native.getLastError(),
                    "Kernels with nohz_full CPUs refuse it.");
        }
    }

    /** {@code __NR_membarrier}; the C library has no function for it. */
    static int systemCallNumber(String architecture) {
        return switch (architecture) {
            case "amd64", "x86_64" -> 324;
            case "aarch64", "riscv64" -> 283;
            default ->
                throw new UnsupportedOperationException("No system call number of membarrier for " + architecture);
        };
    }
}

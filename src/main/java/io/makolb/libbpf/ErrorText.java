package io.makolb.libbpf;

import com.sun.jna.Memory;

/** Error numbers in words. */
final class ErrorText {

    /** {@code __LIBBPF_ERRNO__START} of {@code bpf/libbpf.h}: numbers from here on are libbpf's, not the kernel's. */
    private static final int LIBBPF_ERRNO_START = 4000;

    private static final int LONGEST_TEXT = 256;

    private ErrorText() {}

    /** What the number means, with its name where it has one: "Device or resource busy (EBUSY)". */
    static String of(int errno) {
        if (errno >= LIBBPF_ERRNO_START) {
            return ofLibBpf(errno);
        }
        String name = Errno.of(errno).map(Errno::name).orElse("error " + errno);
        if (errno == Errno.ENOTSUPP.code()) {
            return "Operation not supported by this kernel (" + name + ")";
        }
        return Libc.strerror(errno) + " (" + name + ")";
    }

    private static String ofLibBpf(int errno) {
        try (Memory text = new Memory(LONGEST_TEXT)) {
            text.clear();
            LibBpf.libbpf_strerror(errno, text, text.size());
            return text.getString(0) + " (libbpf error " + errno + ")";
        }
    }
}

package io.makolb.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Where libbpf's messages go: to the load that is in progress on the printing thread, else to the logger of this
 * package. libbpf starts no threads, so what it prints belongs to the call on the same thread.
 */
final class LibBpfLog {

    private static final int LIBBPF_WARN = 0;
    private static final int LIBBPF_DEBUG = 2;

    private static final System.Logger LOGGER = System.getLogger(LibBpfLog.class.getPackageName());
    private static final ThreadLocal<@Nullable StringBuilder> CAPTURE = new ThreadLocal<>();

    /** libbpf keeps the address of this callback; JNA frees the code behind it when nothing refers to it any more. */
    private static final LibBpf.PrintFunction PRINTER = LibBpfLog::print;

    private LibBpfLog() {}

    static void install() {
        LibBpf.libbpf_set_print(PRINTER);
    }

    /** Collects what is printed on this thread until {@link #endCapture}. */
    static void beginCapture() {
        CAPTURE.set(new StringBuilder());
    }

    static String endCapture() {
        StringBuilder captured = CAPTURE.get();
        CAPTURE.remove();
        return captured == null ? "" : captured.toString();
    }

    private static int print(int level, Pointer format, Pointer args) {
        if (level >= LIBBPF_DEBUG) {
            return 0;
        }
        String text = format(format, args);
        StringBuilder capture = CAPTURE.get();
        if (capture != null) {
            capture.append(text);
        } else {
            LOGGER.log(level == LIBBPF_WARN ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG, text.strip());
        }
        return text.length();
    }

    private static String format(Pointer format, Pointer args) {
        try (Memory result = new Memory(Native.POINTER_SIZE)) {
            if (Libc.vasprintf(result, format, args) < 0) {
                return format.getString(0);
            }
            Pointer text = result.getPointer(0);
            try {
                return text.getString(0);
            } finally {
                Libc.free(text);
            }
        }
    }
}

package io.makolb.plane;

import io.makolb.libbpf.BpfException;
import io.makolb.libbpf.LibBpfMissingException;
import io.makolb.libbpf.LibBpfTooOldException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says why libbpf or the kernel does not serve, in place of a stack trace. The messages carry their remedies. */
final class LibBpfFailureAnalyzer implements FailureAnalyzer {

    private static final String INSTALL =
            "Install libbpf 1.1 or later (libbpf1 on Debian and Ubuntu), or name its file with mako.libbpf.path.";
    private static final String KERNEL = "See what the kernel says with 'dmesg'; Mako needs Linux 6.1 or later.";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof LibBpfMissingException || cause instanceof LibBpfTooOldException) {
                return new FailureAnalysis(message, INSTALL, cause);
            }
            if (cause instanceof BpfException) {
                return new FailureAnalysis(message, KERNEL, cause);
            }
        }
        return null;
    }
}

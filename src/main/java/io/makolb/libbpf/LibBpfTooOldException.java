package io.makolb.libbpf;

/** A libbpf was found, but one older than this binding needs. */
public final class LibBpfTooOldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LibBpfTooOldException(String path, String found, String minimum) {
        super(path + " is libbpf " + found + ", but " + minimum + " or later is needed. Install the package libbpf1"
                + " of Debian 12 or later (libbpf on Fedora and RHEL), or name a newer file with mako.libbpf.path.");
    }
}

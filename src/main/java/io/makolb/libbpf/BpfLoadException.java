package io.makolb.libbpf;

/** An object that could not be loaded. The message ends with the words of the verifier, or libbpf's where it got no further. */
public final class BpfLoadException extends BpfException {

    private static final long serialVersionUID = 1L;

    private final transient VerifierLog log;

    BpfLoadException(String object, int errno, VerifierLog log) {
        super("load", "BPF object " + object, errno, log.words());
        this.log = log;
    }

    /** What libbpf and the verifier said. */
    public VerifierLog verifierLog() {
        return log;
    }
}

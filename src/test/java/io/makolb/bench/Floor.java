package io.makolb.bench;

/** A program of {@code bpf/test/bench.bpf.c} that does the least any forwarding plane must do. */
enum Floor {
    /** Sends the frame back. */
    TX("tx", "floor_tx"),
    /** Makes room for an outer IPv4 header and writes it. */
    ENCAP20("encap20", "floor_encap20"),
    /** The same with an outer IPv6 header. */
    ENCAP40("encap40", "floor_encap40"),
    /** The same with outer IPv4 and UDP headers. */
    ENCAP28("encap28", "floor_encap28"),
    /** The same with outer IPv6 and UDP headers. */
    ENCAP48("encap48", "floor_encap48");

    private final String label;
    private final String program;

    Floor(String label, String program) {
        this.label = label;
        this.program = program;
    }

    /** As tables name it. */
    String label() {
        return label;
    }

    /** Its name in the object. */
    String program() {
        return program;
    }
}

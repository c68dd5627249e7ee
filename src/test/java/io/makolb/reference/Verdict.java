package io.makolb.reference;

/** What becomes of a frame. */
public enum Verdict {
    DROP(1),
    PASS(2),
    TX(3);

    private final int xdpAction;

    Verdict(int xdpAction) {
        this.xdpAction = xdpAction;
    }

    /** The number of the action in linux/bpf.h. */
    public int xdpAction() {
        return xdpAction;
    }
}

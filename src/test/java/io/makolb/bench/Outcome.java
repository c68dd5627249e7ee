package io.makolb.bench;

/** What the balancer does with every packet of a case; the counters must say so too. */
enum Outcome {
    /** Forwards it to the real that the connection table names. */
    FOUND(3),
    /** Forwards it to the real of its ring slot. */
    SELECTED(3),
    /** Leaves it to the host. */
    PASSED(2);

    private final int verdict;

    Outcome(int verdict) {
        this.verdict = verdict;
    }

    /** {@code enum xdp_action}. */
    int verdict() {
        return verdict;
    }
}

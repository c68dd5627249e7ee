package io.makolb.balancer;

/**
 * Whether configuration and kernel agree.
 *
 * @param sentence what is wrong and what to do; empty when nothing is
 */
public record Condition(State state, String sentence) {

    /** Kinds of agreement. */
    public enum State {
        /** Still taking over what the kernel holds. */
        STARTING,
        /** Packets obey the configuration. */
        READY,
        /** Packets obey an older configuration; the repair goes on. */
        REPAIRING,
        /** An interface is missing; everything else works. */
        DEGRADED,
        /** The plane belongs to another store: it forwards on, nothing is written until somebody decides. */
        FOREIGN,
        /** The store cannot be read: the plane forwards on, nothing can be changed. */
        READ_ONLY
    }

    /** Whether packets obey the configuration, as far as there are interfaces. */
    boolean isObeyed() {
        return state == State.READY || state == State.DEGRADED;
    }
}

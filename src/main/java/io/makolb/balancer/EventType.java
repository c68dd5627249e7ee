package io.makolb.balancer;

import java.util.Locale;
import java.util.Optional;

/** Kinds of events. */
public enum EventType {
    /** A revision was made. */
    CONFIGURATION,
    /** Mako has taken over what the kernel holds; the first event of every process. */
    STARTED,
    /** Packets obey this revision. */
    APPLIED,
    /** The kernel refused a switch: packets obey an older revision. */
    PENDING,
    /** The kernel took what it had refused. */
    REPAIRED,
    /** The balancer can be given traffic. */
    READY,
    /** The balancer should not be given traffic. */
    NOT_READY,
    /** The gateway of an interface is known. */
    GATEWAY_LEARNED,
    /** The gateway of an interface is another one. */
    GATEWAY_CHANGED,
    /** The gateway of an interface is not known any more. */
    GATEWAY_LOST,
    /** An interface has carrier and is administratively up. */
    LINK_UP,
    /** An interface has no carrier or is administratively down. */
    LINK_DOWN,
    /** An interface does not exist any more. */
    LINK_GONE,
    /** The program was attached to an interface because somebody wanted it. */
    ATTACHED,
    /** The program was attached to an interface that was deleted and made anew. */
    REATTACHED,
    /** The program was taken off an interface because somebody wanted it. */
    DETACHED,
    /** The plane belongs to another store: nothing is written until somebody decides. */
    FOREIGN_PLANE,
    /** Somebody has decided for a foreign plane. */
    ADOPTED,
    /** The program was loaded anew. */
    RELOADED,
    /** The store cannot be read: nothing can be changed. */
    STORE_LOST,
    /** The store can be read again. */
    STORE_BACK,
    /** The kernel holds something else than the configuration asks for. */
    DRIFT_FOUND,
    /** The kernel holds what the configuration asks for again. */
    DRIFT_GONE;

    /** As the API writes it: lower case with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type that the API writes like this. */
    public static Optional<EventType> of(String text) {
        for (EventType type : values()) {
            if (type.toString().equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}

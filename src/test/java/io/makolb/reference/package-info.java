/**
 * An independent model of forwarding: what the balancer must do with a frame, written from the specification alone.
 *
 * <p>It shares no code with the product and prefers the obvious to the fast, so that a disagreement between the two always means
 * something.
 */
@NullMarked
package io.makolb.reference;

import org.jspecify.annotations.NullMarked;

/** The durable configuration: what was acknowledged survives a power failure. Nobody else knows SQL. */
@NullMarked
package io.makolb.store;

import org.jspecify.annotations.NullMarked;

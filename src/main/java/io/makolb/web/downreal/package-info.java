/** Reals that are down for a VIP: UDP flows leave them. */
@NullMarked
package io.makolb.web.downreal;

import org.jspecify.annotations.NullMarked;

/** The values of the load balancer's world: pure, immutable, of java.* only. Everybody may know them; they know nobody. */
@NullMarked
package io.makolb.model;

import org.jspecify.annotations.NullMarked;

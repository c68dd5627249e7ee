/**
 * Consistent-hash rings: which real serves which slot of a VIP.
 *
 * <p>Pure computation, bit-exact with the two Maglev variants of Katran and with the address hash of Facebook's folly that orders
 * the endpoints, so that machines of a mixed fleet agree on every slot. Nothing here knows the kernel or the network.
 */
@NullMarked
package io.makolb.ring;

import org.jspecify.annotations.NullMarked;

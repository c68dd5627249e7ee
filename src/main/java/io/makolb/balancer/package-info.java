/** The single writer: it turns wishes into plans, plans into a durable configuration, and that into what packets obey. */
@NullMarked
package io.makolb.balancer;

import org.jspecify.annotations.NullMarked;

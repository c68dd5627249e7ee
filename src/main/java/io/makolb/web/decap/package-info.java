/** The resource decap destination: an address at which tunnels end. */
@NullMarked
package io.makolb.web.decap;

import org.jspecify.annotations.NullMarked;

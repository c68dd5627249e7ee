/** The resource real: one address, whatever VIPs use it. */
@NullMarked
package io.makolb.web.real;

import org.jspecify.annotations.NullMarked;

/** The program, its interfaces and their attachment. */
@NullMarked
package io.makolb.web.dataplane;

import org.jspecify.annotations.NullMarked;

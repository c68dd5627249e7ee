/** The entry point; every room of the house is a package below. */
@NullMarked
package io.makolb;

import org.jspecify.annotations.NullMarked;

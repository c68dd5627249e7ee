/** The examples under {@code examples/}, run against the running server as a reader would run them. */
@NullMarked
package io.makolb.examples;

import org.jspecify.annotations.NullMarked;

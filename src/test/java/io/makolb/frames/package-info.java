/** Frames for tests: built field by field with correct checksums, generated from a seed, and damaged on purpose. */
@NullMarked
package io.makolb.frames;

import org.jspecify.annotations.NullMarked;

/**
 * Tests in network namespaces with real traffic. {@link io.makolb.lab.Lab} builds the same lab as {@code ./run}, by the
 * same scripts; the packaged jar runs in it as a process of its own.
 */
@NullMarked
package io.makolb.lab;

import org.jspecify.annotations.NullMarked;

/** Kernel resources that belong to one test and leave nothing behind: a BPF file system, a network namespace. */
@NullMarked
package io.makolb.sandbox;

import org.jspecify.annotations.NullMarked;

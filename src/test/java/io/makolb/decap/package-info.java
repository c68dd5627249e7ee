/** The program that reals run, {@code bpf/decap.bpf.c}, on single frames. */
@NullMarked
package io.makolb.decap;

import org.jspecify.annotations.NullMarked;

/** The connection table of {@code bpf/flow_table.h}, seen from both sides: frames through the program, entries through memory. */
@NullMarked
package io.makolb.table;

import org.jspecify.annotations.NullMarked;

/**
 * What packets obey: the typed structures of the kernel, the attachment of the programs, and their counters. Nobody else
 * knows a map.
 */
@NullMarked
package io.makolb.plane;

import org.jspecify.annotations.NullMarked;

/**
 * What this process asks of Linux outside BPF: locks, file systems, capabilities, network facts and the service manager.
 *
 * <p>Calls go through JNA; whatever can be read from bytes is parsed apart from the call that fetched them. A failed call
 * is a {@link io.makolb.linux.LinuxException} naming the operation, its target and the kernel's reason.
 */
@NullMarked
package io.makolb.linux;

import org.jspecify.annotations.NullMarked;

/**
 * The system's libbpf, bound through JNA: objects, maps, programs, links and ring buffers of the kernel as typed handles.
 *
 * <p>Nothing here knows what Mako forwards. Every handle that owns a descriptor is {@link java.lang.AutoCloseable}; every
 * failed call is a {@link io.makolb.libbpf.BpfException} naming the operation, its target and the kernel's reason. The
 * library is looked up on first use, so classes load on machines without it.
 */
@NullMarked
package io.makolb.libbpf;

import org.jspecify.annotations.NullMarked;

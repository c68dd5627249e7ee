package io.makolb.plane;

/**
 * A real as the kernel knows it.
 *
 * @param index its index, 1..maxReals-1
 * @param local see {@link io.makolb.model.RealAttributes#local()}
 */
public record RealImage(int index, boolean local) {}

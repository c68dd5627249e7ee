package io.makolb.plane;

import io.makolb.model.Address;
import java.util.Map;

/**
 * A real as the kernel knows it.
 *
 * @param index its index, 1..maxReals-1
 * @param local see {@link io.makolb.model.RealAttributes#local()}
 */
public record RealImage(int index, boolean local) {

    /**
     * The index of a real.
     *
     * @param reals those of a plan
     */
    static int index(Map<Address, RealImage> reals, Address real) {
        RealImage image = reals.get(real);
        if (image == null) {
            throw new IllegalArgumentException("The plan has no real " + real);
        }
        return image.index();
    }
}

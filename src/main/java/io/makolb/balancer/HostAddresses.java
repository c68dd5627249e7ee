package io.makolb.balancer;

import io.makolb.model.Address;
import java.util.Set;

/** The addresses this machine itself answers to. */
@FunctionalInterface
public interface HostAddresses {

    /** The addresses now; answered from memory. */
    Set<Address> now();
}

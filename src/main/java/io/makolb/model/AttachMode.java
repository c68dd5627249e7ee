package io.makolb.model;

/** Where the program sits on an interface. */
public enum AttachMode {
    /** In the driver, before the kernel makes a packet of the frame. */
    NATIVE,
    /** In the network stack: slower, on every driver. */
    GENERIC,
    /** NATIVE where the driver can, else GENERIC. */
    AUTO
}

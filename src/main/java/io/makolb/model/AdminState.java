package io.makolb.model;

/** Whether the operator wants a real to get new flows. */
public enum AdminState {
    ENABLED,
    DISABLED
}

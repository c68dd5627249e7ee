package io.makolb.model;

/** Why a real is down for a VIP. */
public enum DownSource {
    /** Somebody said so. */
    API,
    /** It is DISABLED there. */
    ADMIN_STATE
}

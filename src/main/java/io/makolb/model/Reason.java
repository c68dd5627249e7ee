package io.makolb.model;

/** Why a request was refused. The names are the problem names of the API, in upper case. */
public enum Reason {
    NOT_FOUND,
    ALREADY_EXISTS,
    FOREIGN_PLANE,
    IN_USE,
    SEVERAL_INTERFACES,
    NOT_ATTACHED,
    STALE_ETAG,
    PRECONDITION_REQUIRED,
    INVALID_VALUE,
    KEY_MISMATCH,
    WRONG_FAMILY,
    HOST_BITS,
    PARTIAL_COLLECTION,
    DUPLICATE_MEMBER,
    FEATURE_OFF,
    TOO_DISRUPTIVE,
    MALFORMED_ID,
    WRITER_BUSY,
    STORE_UNAVAILABLE,
    PLANE_UNAVAILABLE,
    OUTCOME_UNKNOWN,
    STARTING,
    CAPACITY,
    STORE_FULL,
    KERNEL_MEMORY
}

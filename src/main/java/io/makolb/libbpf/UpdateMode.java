package io.makolb.libbpf;

/** Whether an update may create or replace an element; the order is the kernel's numbering. */
public enum UpdateMode {
    /** Create it or replace it. */
    ANY,
    /** Create it; an element that exists is an error (EEXIST). */
    CREATE,
    /** Replace it; an element that does not exist is an error (ENOENT). */
    REPLACE;

    long flags() {
        return ordinal();
    }
}

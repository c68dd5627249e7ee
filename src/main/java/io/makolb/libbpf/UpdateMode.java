package io.makolb.libbpf;

/** Whether an update may create or replace an element. */
public enum UpdateMode {
    /** Create it or replace it. */
    ANY(0),
    /** Create it; an element that exists is an error (EEXIST). */
    CREATE(1),
    /** Replace it; an element that does not exist is an error (ENOENT). */
    REPLACE(2);

    /** {@code BPF_ANY}, {@code BPF_NOEXIST}, {@code BPF_EXIST}. */
    private final long flags;

    UpdateMode(long flags) {
        this.flags = flags;
    }

    long flags() {
        return flags;
    }
}

package io.makolb.machine;

import io.makolb.libbpf.BpfLibrary;
import io.makolb.libbpf.LibBpfMissingException;
import io.makolb.libbpf.LibBpfTooOldException;

/** Whether libbpf can be used. */
final class Library {

    private static final String SUBJECT = "libbpf";

    private Library() {}

    static Finding check(String path) {
        try {
            BpfLibrary library = BpfLibrary.load(path);
            return Finding.ok(SUBJECT, library.version() + ", for up to " + library.possibleCpus() + " CPUs.");
        } catch (LibBpfMissingException | LibBpfTooOldException e) {
            // Its message ends with the remedy.
            return new Finding(Finding.Level.ERROR, SUBJECT, String.valueOf(e.getMessage()), "");
        }
    }
}

package io.makolb.plane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The compiled programs that this build carries. */
final class ObjectFiles {

    private ObjectFiles() {}

    /** The object of a source file in bpf/, named without its ending. */
    static byte[] read(String name) {
        String file = "/bpf/" + name + ".bpf.o";
        try (InputStream stream = ObjectFiles.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("This build has no " + file);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}

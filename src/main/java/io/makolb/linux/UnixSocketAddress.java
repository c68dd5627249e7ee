package io.makolb.linux;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;

/**
 * {@code struct sockaddr_un}, see unix(7).
 *
 * @param length bytes of it that count
 */
record UnixSocketAddress(Memory memory, int length) implements AutoCloseable {

    private static final int PATH_OFFSET = 2;
    private static final int LONGEST_PATH = 108;

    /** An address as the environment spells it: a path, or a name in the abstract namespace after an {@code @}. */
    static UnixSocketAddress of(String text) {
        byte[] path = text.getBytes(StandardCharsets.UTF_8);
        if (path.length == 0 || path.length >= LONGEST_PATH) {
            throw new IllegalArgumentException("A socket address has 1 to 107 bytes, not " + path.length + ": " + text);
        }
        boolean named = path[0] == '@';
        if (named) {
            path[0] = 0;
        }
        Memory memory = new Memory(PATH_OFFSET + LONGEST_PATH);
        memory.clear();
        memory.setShort(0, (short) Libc.AF_UNIX);
        memory.write(PATH_OFFSET, path, 0, path.length);
        // In the abstract namespace every byte up to the length is part of the name, a terminating zero would be too.
        return new UnixSocketAddress(memory, PATH_OFFSET + path.length + (named ? 0 : 1));
    }

    @Override
    public void close() {
        memory.close();
    }
}

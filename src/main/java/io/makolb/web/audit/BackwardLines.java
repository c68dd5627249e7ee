package io.makolb.web.audit;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Predicate;

/** Reads the lines of a file from its end, a block at a time; lines that are appended meanwhile are not seen. */
final class BackwardLines {

    private static final int BLOCK = 1 << 16;

    private BackwardLines() {}

    /**
     * Hands on every line that is not empty, the last one first.
     *
     * @param more false: enough
     * @return whether all were handed on
     */
    static boolean read(Path file, Predicate<String> more) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] rest = {};
            long position = channel.size();
            while (position > 0) {
                int length = (int) Math.min(BLOCK, position);
                position -= length;
                ByteBuffer block = ByteBuffer.allocate(length + rest.length);
                block.limit(length);
                while (block.hasRemaining()) {
                    if (channel.read(block, position + block.position()) < 0) {
                        throw new EOFException(file + " was cut off while it was read");
                    }
                }
                block.limit(block.capacity());
                block.put(rest);
                byte[] bytes = block.array();
                int end = bytes.length;
                for (int at = end - 1; at >= 0; at--) {
                    if (bytes[at] == '\n') {
                        if (!handOn(bytes, at + 1, end, more)) {
                            return false;
                        }
                        end = at;
                    }
                }
                rest = Arrays.copyOf(bytes, end);
            }
            return handOn(rest, 0, rest.length, more);
        }
    }

    private static boolean handOn(byte[] bytes, int from, int to, Predicate<String> more) {
        return from == to || more.test(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
}

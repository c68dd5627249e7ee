package io.makolb.libbpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** The objects compiled from bpf/test. */
final class TestObjects {

    static final String WORDS = "words";
    static final int WORD_FROM_USER = 0;
    static final int WORD_TO_USER = 1;
    static final int WORD_FROM_HASH = 2;
    static final int WORD_FROM_INNER = 3;

    static final int XDP_DROP = 1;
    static final int XDP_PASS = 2;
    static final int XDP_TX = 3;

    private TestObjects() {}

    static byte[] image(String name) {
        try (InputStream file = TestObjects.class.getResourceAsStream("/bpf/" + name + ".bpf.o")) {
            if (file == null) {
                throw new IllegalStateException("The build left no object " + name);
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BpfObject binding() {
        return BpfObject.open("binding", image("binding"));
    }

    static BpfObject loadedBinding() {
        return loadedBinding(object -> {});
    }

    static BpfObject loadedBinding(Consumer<BpfObject> adjust) {
        BpfObject object = binding();
        try {
            adjust.accept(object);
            object.load();
            return object;
        } catch (RuntimeException e) {
            object.close();
            throw e;
        }
    }

    /** The constants of binding.bpf.c. */
    static byte[] config(int verdict, boolean reportEvents, boolean useOptional) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(verdict)
                .putInt(reportEvents ? 1 : 0)
                .putInt(useOptional ? 1 : 0)
                .array();
    }

    static ByteBuffer u32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(0, value);
    }

    static ByteBuffer u64(long value) {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, value);
    }

    static long readU64(BpfMap map, int index) {
        ByteBuffer value = u64(0);
        if (!map.lookup(index, value)) {
            throw new AssertionError("No element " + index + " in " + map);
        }
        return value.getLong(0);
    }
}

package io.makolb.bench;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfObject;
import io.makolb.libbpf.BpfProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/** Presents frames to a program, as {@code bpf/test/bench.bpf.c} describes. */
final class Driver implements AutoCloseable {

    private static final String OBJECT = "/bpf/bench.bpf.o";
    private static final int HEAD_BYTES = 64;
    private static final int FRAME_BYTES = 32 + HEAD_BYTES;
    private static final byte[] NO_CONTEXT = {};

    private final BpfProgram drive;
    private final BpfMap frameMap;
    private final BpfMap programMap;
    private final Map<Floor, BpfProgram> floors = new EnumMap<>(Floor.class);
    private byte[] frame = {};

    Driver() {
        try (BpfObject object = BpfObject.open("bench", read())) {
            object.load();
            drive = object.program("bench_drive");
            frameMap = object.map("bench_frame");
            programMap = object.map("bench_program");
            for (Floor floor : Floor.values()) {
                floors.put(floor, object.program(floor.program()));
            }
        }
    }

    /**
     * Sets what is presented from now on.
     *
     * @param firstClient source address of the first flow, its low 32 bits
     */
    void present(Frame newFrame, Walk walk, int firstClient) {
        frame = newFrame.bytes();
        ByteBuffer value = ByteBuffer.allocateDirect(FRAME_BYTES).order(ByteOrder.nativeOrder());
        value.putInt(frame.length)
                .putInt(newFrame.sourceOffset())
                .putInt(newFrame.portOffset())
                .putInt(walk.flows())
                .putInt(walk.stride())
                .putInt(0)
                .putInt(firstClient)
                .putInt(0)
                .put(frame, 0, HEAD_BYTES);
        frameMap.update(0, value.flip());
    }

    /** @return nanoseconds per packet, as the kernel measures them */
    int run(BpfProgram program, int packets) {
        choose(program);
        return drive.testRun(frame, packets, NO_CONTEXT).nanoseconds();
    }

    /** @return nanoseconds per packet */
    int run(Floor floor, int packets) {
        BpfProgram program = floors.get(floor);
        if (program == null) {
            throw new IllegalStateException("no program for " + floor);
        }
        return run(program, packets);
    }

    /** What the program says of one packet. */
    int verdict(BpfProgram program) {
        choose(program);
        return drive.testRun(frame, 1, NO_CONTEXT).verdict();
    }

    private void choose(BpfProgram program) {
        programMap.update(
                0,
                ByteBuffer.allocateDirect(Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putInt(0, program.fd()));
    }

    @Override
    public void close() {
        floors.values().forEach(BpfProgram::close);
        programMap.close();
        frameMap.close();
        drive.close();
    }

    private static byte[] read() {
        try (InputStream in = Driver.class.getResourceAsStream(OBJECT)) {
            if (in == null) {
                throw new IllegalStateException(OBJECT + " is not on the class path: build the test objects first");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

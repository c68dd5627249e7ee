package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfObject;
import io.makolb.libbpf.BpfProgram;
import io.makolb.libbpf.TestRun;
import io.makolb.model.VipId;
import io.makolb.plane.MapLayout.HealthCheckKey;
import io.makolb.plane.MapLayout.HealthCheckMark;
import io.makolb.plane.MapLayout.HealthCheckSettings;
import io.makolb.reference.Ip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The health-check program by itself, with maps that nobody else has. */
final class LoadedHealthCheck implements AutoCloseable {

    private static final int ROOM = 16;

    /** {@code struct __sk_buff}: its size, and the members that tests set. */
    private static final int CONTEXT = 192;

    private static final int MARK = 8;
    private static final int INTERFACE = 40;

    private final BpfObject object;
    private final BpfProgram program;
    private final BpfMap marks;
    private final BpfMap keys;
    private final BpfMap gateways;
    private final BpfMap counters;

    LoadedHealthCheck(Settings settings) {
        object = BpfObject.open("healthcheck", image());
        object.definition("mako_hc_marks").maxEntries(ROOM);
        object.definition("mako_hc_keys").maxEntries(ROOM);
        object.definition(".rodata.cfg").initialValue(settings.bytes.array());
        object.load();
        program = object.program("mako_healthcheck");
        marks = object.map("mako_hc_marks");
        keys = object.map("mako_hc_keys");
        gateways = object.map("mako_gateways");
        counters = object.map("mako_counters");
    }

    /** What it is loaded with. */
    static final class Settings {
        private final ByteBuffer bytes =
                ByteBuffer.allocate(HealthCheckSettings.SIZE).order(ByteOrder.BIG_ENDIAN);

        Settings source(String address) {
            byte[] source = Ip.of(address).bytes();
            bytes.put(source.length == 4 ? HealthCheckSettings.SOURCE_V4 : HealthCheckSettings.SOURCE_V6, source);
            return this;
        }

        Settings gue(int port) {
            bytes.putShort(HealthCheckSettings.GUE_PORT, (short) port);
            return this;
        }

        Settings gateway(boolean perInterface) {
            bytes.put(HealthCheckSettings.GATEWAY, (byte) 1);
            bytes.put(HealthCheckSettings.PER_INTERFACE_GATEWAY, (byte) (perInterface ? 1 : 0));
            return this;
        }

        Settings tunnels(int v4, int v6) {
            bytes.put(HealthCheckSettings.TUNNEL, (byte) 1);
            bytes.order(ByteOrder.nativeOrder());
            bytes.putInt(HealthCheckSettings.TUNNEL_V4, v4);
            bytes.putInt(HealthCheckSettings.TUNNEL_V6, v6);
            bytes.order(ByteOrder.BIG_ENDIAN);
            return this;
        }
    }

    BpfProgram program() {
        return program;
    }

    void mark(int mark, Ip real) {
        ByteBuffer value = ByteBuffer.allocate(HealthCheckMark.SIZE);
        value.put(HealthCheckMark.ADDR, real.bytes());
        value.put(HealthCheckMark.FLAGS, real.v6() ? MapLayout.REAL_IPV6 : 0);
        marks.update(u32(mark), value);
    }

    void gateway(int slot, int interfaceIndex, byte[] mac) {
        ByteBuffer word = ByteBuffer.allocate(Long.BYTES).put(mac).put((byte) 1).put((byte) 0);
        try (BpfMapMemory memory = gateways.memory()) {
            memory.setIntRelease(
                    (long) slot * MapLayout.GatewayRow.SIZE + MapLayout.GatewayRow.IFINDEX, interfaceIndex);
            memory.setLongRelease(
                    (long) slot * MapLayout.GatewayRow.SIZE,
                    word.flip().order(ByteOrder.nativeOrder()).getLong());
        }
    }

    void count(VipId destination) {
        keys.update(key(destination), ByteBuffer.allocate(keys.valueBytes()));
    }

    long counted(VipId destination) {
        ByteBuffer value = ByteBuffer.allocate(keys.valueBytes()).order(ByteOrder.nativeOrder());
        if (!keys.lookup(key(destination), value)) {
            throw new AssertionError(destination + " is not counted");
        }
        return sum(value, keys.valueStride(), MapLayout.Count.PACKETS);
    }

    long counter(PlaneCounter counter) {
        ByteBuffer value = ByteBuffer.allocate(counters.valueBytes()).order(ByteOrder.nativeOrder());
        counters.lookup(0, value);
        return sum(value, counters.valueStride(), counter.ordinal() * Long.BYTES);
    }

    TestRun run(byte[] frame, int mark) {
        return run(frame, mark, 0);
    }

    TestRun run(byte[] frame, int mark, int interfaceIndex) {
        ByteBuffer context = ByteBuffer.allocate(CONTEXT).order(ByteOrder.nativeOrder());
        context.putInt(MARK, mark).putInt(INTERFACE, interfaceIndex);
        return program.testRun(frame, 1, context.array());
    }

    static int markAfter(TestRun run) {
        return ByteBuffer.wrap(run.context()).order(ByteOrder.nativeOrder()).getInt(MARK);
    }

    @Override
    public void close() {
        counters.close();
        gateways.close();
        keys.close();
        marks.close();
        program.close();
        object.close();
    }

    private static ByteBuffer key(VipId destination) {
        WireAddress wire = WireAddress.ofVip(destination.address());
        return ByteBuffer.allocate(HealthCheckKey.SIZE)
                .order(ByteOrder.nativeOrder())
                .putLong(HealthCheckKey.ADDR, wire.first())
                .putLong(HealthCheckKey.ADDR + Long.BYTES, wire.second())
                .putShort(HealthCheckKey.PORT, Short.reverseBytes((short) destination.port()))
                .put(HealthCheckKey.PROTOCOL, (byte) destination.protocol().number());
    }

    private static ByteBuffer u32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(0, value);
    }

    private static long sum(ByteBuffer values, int stride, int offset) {
        long sum = 0;
        for (int cpu = 0; cpu < values.capacity(); cpu += stride) {
            sum += values.getLong(cpu + offset);
        }
        return sum;
    }

    private static byte[] image() {
        try (InputStream file = LoadedHealthCheck.class.getResourceAsStream("/bpf/healthcheck.bpf.o")) {
            if (file == null) {
                throw new IllegalStateException("The build left no object healthcheck");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

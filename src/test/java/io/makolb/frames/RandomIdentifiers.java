package io.makolb.frames;

import io.makolb.reference.Bytes;
import io.makolb.reference.Flag;
import io.makolb.reference.Service;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** QUIC connection ids, stable UDP headers and TCP options, most of them right, with server ids of which most have a real. */
final class RandomIdentifiers {

    /** Beside the ends of each format, and of what is an id at all. */
    private static final int[] LIMITS = {
        0,
        1,
        0x3FFF,
        0x4000,
        0xFFFF,
        0x10000,
        0x00FFFFFC,
        0x00FFFFFD,
        0x00FFFFFE,
        0x00FFFFFF,
        0x01000000,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFFF
    };

    private static final int MOST_OPTIONS = 40;

    private final RandomGenerator random;
    private final List<Integer> known;

    /** Without ids, nothing is identified. */
    RandomIdentifiers(RandomGenerator random, List<Integer> known) {
        this.random = random;
        this.known = List.copyOf(known);
    }

    /** What a message to this service carries: something with an id if the service looks for one, else what is given. */
    byte[] payload(Service service, byte[] otherwise) {
        boolean quic = service.flags().contains(Flag.QUIC_VIP);
        boolean stable = service.flags().contains(Flag.UDP_STABLE_ROUTING);
        if (known.isEmpty() || !quic && !stable || random.nextInt(10) == 0) {
            return otherwise;
        }
        byte[] identified = stable && (!quic || random.nextBoolean()) ? stable() : quic();
        int length = random.nextInt(4) == 0 ? random.nextInt(identified.length) : identified.length;
        return Bytes.join(Arrays.copyOf(identified, length), length < identified.length ? new byte[0] : otherwise);
    }

    /** Options of a TCP segment, a multiple of four bytes. */
    byte[] options() {
        if (known.isEmpty() || random.nextInt(3) == 0) {
            return new byte[0];
        }
        byte[] options = new byte[0];
        for (int count = random.nextInt(random.nextInt(4) == 0 ? 20 : 4); count > 0; count--) {
            options = Bytes.join(options, option());
        }
        options = Bytes.join(options, serverId());
        int length = Math.min(MOST_OPTIONS, (options.length + 3) / 4 * 4);
        byte[] padded = Arrays.copyOf(options, length);
        if (options.length < length && random.nextBoolean()) {
            Arrays.fill(padded, options.length, length, (byte) 1);
        }
        return padded;
    }

    private byte[] option() {
        return switch (random.nextInt(12)) {
            case 0 -> Bytes.of(2, 4, 5, 0xB4);
            case 1 -> Bytes.of(4, 2);
            case 2 -> Bytes.join(Bytes.of(8, 10), bytes(8));
            case 3 -> Bytes.of(random.nextInt(256), random.nextInt(5));
            case 4 -> Bytes.join(Bytes.of(0xB7, random.nextInt(10)), word(Integer.reverseBytes(id())));
            case 5 -> Bytes.of(random.nextInt(4));
            default -> Bytes.of(1);
        };
    }

    private byte[] serverId() {
        return Bytes.join(Bytes.of(0xB7, 6), word(Integer.reverseBytes(id())));
    }

    private byte[] quic() {
        byte[] id = connectionId();
        if (random.nextBoolean()) {
            return Bytes.join(Bytes.of(random.nextInt(0x80)), id, bytes(4));
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(12) : 8;
        return Bytes.join(Bytes.of(0x80 | random.nextInt(0x80)), bytes(4), Bytes.of(length), id, bytes(12));
    }

    /** Eight bytes. */
    private byte[] connectionId() {
        int id = id();
        int spare = random.nextInt(0x40);
        byte[] written = switch (random.nextInt(4)) {
            case 0 -> Bytes.join(Bytes.of(random.nextInt(0x100)), bytes(4));
            case 1 ->
                Bytes.join(
                        Bytes.of(0x40 | id >> 10 & 0x3F, id >> 2 & 0xFF, (id & 3) << 6 | random.nextInt(0x40)),
                        bytes(2));
            case 2 -> Bytes.join(Bytes.of(0x80 | spare, id >> 16 & 0xFF, id >> 8 & 0xFF, id & 0xFF), bytes(1));
            default -> Bytes.join(Bytes.of(0xC0 | spare), word(id));
        };
        return Bytes.join(written, bytes(3));
    }

    private byte[] stable() {
        int type = random.nextInt(5) == 0 ? 0x50 + random.nextInt(4) : 0x52;
        int id = id();
        return Bytes.join(Bytes.of(type, id >> 16 & 0xFF, id >> 8 & 0xFF, id & 0xFF), bytes(4));
    }

    private int id() {
        return switch (random.nextInt(8)) {
            case 0 -> LIMITS[random.nextInt(LIMITS.length)];
            case 1 -> random.nextInt();
            default -> known.get(random.nextInt(known.size()));
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] word(int value) {
        return Bytes.of(value >> 24 & 0xFF, value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF);
    }
}

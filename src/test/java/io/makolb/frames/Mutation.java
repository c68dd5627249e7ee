package io.makolb.frames;

import io.makolb.reference.Bytes;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** One way to damage a frame, or to make it unusual. Each answers a new array of at least an Ethernet header. */
public enum Mutation {

    /** Cut anywhere. */
    TRUNCATED {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            return Arrays.copyOf(frame, random.nextInt(ETHERNET, frame.length + 1));
        }
    },
    /** Cut at or beside a place where a header ends or a check may stand. */
    TRUNCATED_AT_A_BOUNDARY {
        private static final int[] BOUNDARIES = {
            14, 15, 18, 34, 38, 42, 47, 48, 54, 58, 62, 66, 67, 68, 74, 75, 76, 82, 94, 98, 102, 106, 110, 115, 116, 122
        };

        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            int boundary = BOUNDARIES[random.nextInt(BOUNDARIES.length)] + random.nextInt(-1, 2);
            return Arrays.copyOf(frame, Math.max(ETHERNET, Math.min(frame.length, boundary)));
        }
    },
    /** One to three bits flipped in what can be a header. */
    BITS_FLIPPED {
        private static final int HEADERS = 124;

        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            byte[] flipped = frame.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                int offset = random.nextInt(Math.min(HEADERS, frame.length));
                flipped[offset] ^= (byte) (1 << random.nextInt(8));
            }
            return flipped;
        }
    },
    /** Another header length or version. */
    FIRST_BYTE {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            return withByte(frame, ETHERNET, random.nextInt(256));
        }
    },
    /** Fragment bits of IPv4 at random; in IPv6 the same bytes are length and next header. */
    FRAGMENT_BITS {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            int[] interesting = {0x2000, 0x4000, 0x8000, 0x6000, 0x0001, 0x1FFF, 0x3FFF, 0xC000};
            byte[] changed = Arrays.copyOf(frame, Math.max(frame.length, ETHERNET + 8));
            Bytes.put16(changed, ETHERNET + 6, interesting[random.nextInt(interesting.length)]);
            return changed;
        }
    },
    /** Another protocol where IPv4 has it. */
    PROTOCOL_V4 {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            return withByte(frame, ETHERNET + 9, PROTOCOLS[random.nextInt(PROTOCOLS.length)]);
        }
    },
    /** Another next header where IPv6 has it. */
    PROTOCOL_V6 {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            return withByte(frame, ETHERNET + 6, PROTOCOLS[random.nextInt(PROTOCOLS.length)]);
        }
    },
    /** A wrong length in the IP header, of either family. */
    IP_LENGTH {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            byte[] changed = Arrays.copyOf(frame, Math.max(frame.length, ETHERNET + 6));
            int[] interesting = {0, 19, 20, 39, 40, 1500, 0xFFD7, 0xFFD8, 0xFFEB, 0xFFEC, 0xFFFF, random.nextInt(65536)
            };
            int length = interesting[random.nextInt(interesting.length)];
            Bytes.put16(changed, ETHERNET + (random.nextBoolean() ? 2 : 4), length);
            return changed;
        }
    },
    /** Another EtherType, VLAN tags included, without what belongs to it. */
    ETHER_TYPE {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            int[] types = {0x0806, 0x8100, 0x88A8, 0x8847, 0x88CC, 0x86DD, 0x0800, 0x0801, random.nextInt(65536)};
            byte[] changed = frame.clone();
            Bytes.put16(changed, 12, types[random.nextInt(types.length)]);
            return changed;
        }
    },
    /** A VLAN tag in front of the EtherType. */
    VLAN_TAG {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            byte[] tag =
                    Bytes.join(Bytes.word(random.nextBoolean() ? 0x8100 : 0x88A8), Bytes.word(random.nextInt(4096)));
            return Bytes.join(Arrays.copyOf(frame, 12), tag, Arrays.copyOfRange(frame, 12, frame.length));
        }
    },
    /** Bytes behind the packet, as short frames have them. */
    TRAILER {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            byte[] trailer = new byte[random.nextInt(1, 64)];
            random.nextBytes(trailer);
            return Bytes.join(frame, trailer);
        }
    },
    /** Another length of the header where TCP of either family has it. */
    DATA_OFFSET {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            return withByte(frame, ETHERNET + (frame[12] == 0x08 ? 20 : 40) + 12, random.nextInt(16) << 4);
        }
    },
    /** A checksum near an overflow where ICMP of either family has it. */
    ICMP_CHECKSUM {
        private static final int[] EXTREMES = {0x0000, 0x0001, 0x00FF, 0x0100, 0xF7FF, 0xF8FF, 0xFAFF, 0xFFFE, 0xFFFF};

        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            int offset = ETHERNET + (frame[12] == 0x08 ? 20 : 40) + 2;
            byte[] changed = Arrays.copyOf(frame, Math.max(frame.length, offset + 2));
            Bytes.put16(changed, offset, EXTREMES[random.nextInt(EXTREMES.length)]);
            return changed;
        }
    },
    /** No checksum, or a length that is not all of the packet, where UDP of either family has them. */
    UDP_WITHOUT_CHECKSUM {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            int offset = ETHERNET + (frame[12] == 0x08 ? 20 : 40) + (random.nextInt(3) == 0 ? 4 : 6);
            byte[] changed = Arrays.copyOf(frame, Math.max(frame.length, offset + 2));
            Bytes.put16(changed, offset, random.nextInt(3) == 0 ? 8 : 0);
            return changed;
        }
    },
    /** Fields of the transport header at random, checksum and flags included. */
    TRANSPORT_GARBLED {
        @Override
        byte[] apply(byte[] frame, RandomGenerator random) {
            int start = ETHERNET + (random.nextBoolean() ? 20 : 40);
            byte[] changed = frame.clone();
            for (int i = start; i < Math.min(frame.length, start + 20); i++) {
                if (random.nextInt(4) == 0) {
                    changed[i] = (byte) random.nextInt(256);
                }
            }
            return changed;
        }
    };

    private static final int ETHERNET = 14;
    private static final int[] PROTOCOLS = {0, 1, 2, 4, 6, 17, 41, 43, 44, 47, 50, 51, 58, 59, 60, 132, 255};

    abstract byte[] apply(byte[] frame, RandomGenerator random);

    private static byte[] withByte(byte[] frame, int offset, int value) {
        byte[] changed = Arrays.copyOf(frame, Math.max(frame.length, offset + 1));
        changed[offset] = (byte) value;
        return changed;
    }
}

package io.makolb.ring;

import io.makolb.model.Address;

/**
 * The 64-bit hash of an IP address that orders the endpoints of a ring and seeds their permutations: folly's {@code IPAddress::hash}.
 *
 * <p>IPv4 goes through FNV-1 in the variant that sign-extends each byte (folly calls it broken and keeps it as its default), IPv6
 * through SpookyHash V2; both are then combined with the Linux address family.
 */
public final class AddressHash {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final long COMBINE_FACTOR = 0x9ddfea08eb382d69L;
    private static final int FNV_OFFSET_BASIS = 0x811c9dc5;
    private static final int FNV_PRIME = 16777619;

    private AddressHash() {}

    /** Hashes an address. */
    public static long of(Address address) {
        return of(address.toBytes());
    }

    /**
     * Hashes an address. An IPv4-mapped IPv6 address (RFC 4291 section 2.5.5.2) hashes as the IPv4 address it carries.
     *
     * @param address 4 or 16 bytes in network order
     * @return all 64 bits are significant; compare unsigned
     * @throws IllegalArgumentException if the address has another length
     */
    public static long of(byte[] address) {
        return switch (address.length) {
            case IPV4_BYTES -> ofIpv4(address, 0);
            case IPV6_BYTES -> isIpv4Mapped(address) ? ofIpv4(address, IPV6_BYTES - IPV4_BYTES) : ofIpv6(address);
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + address.length);
        };
    }

    private static long ofIpv4(byte[] bytes, int offset) {
        return combine(AF_INET, Integer.toUnsignedLong(fnv(bytes, offset)));
    }

    private static long ofIpv6(byte[] address) {
        SpookyHash hash = SpookyHash.of(address);
        return combine(AF_INET6, combine(hash.first(), hash.second()));
    }

    /** FNV-1 over 4 bytes; the implicit widening of a Java byte is the sign extension the variant asks for. */
    static int fnv(byte[] bytes, int offset) {
        int hash = FNV_OFFSET_BASIS;
        for (int i = offset; i < offset + IPV4_BYTES; i++) {
            hash = hash * FNV_PRIME ^ bytes[i];
        }
        return hash;
    }

    /** CityHash's Hash128to64. */
    static long combine(long upper, long lower) {
        long a = (lower ^ upper) * COMBINE_FACTOR;
        a ^= a >>> 47;
        long b = (upper ^ a) * COMBINE_FACTOR;
        b ^= b >>> 47;
        return b * COMBINE_FACTOR;
    }

    private static boolean isIpv4Mapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == (byte) 0xFF && address[11] == (byte) 0xFF;
    }
}

package io.makolb.plane;

/**
 * Sizes and offsets of the structs in bpf/layout.h, in bytes. A test compares every one of them with the types in the object
 * file, so a change on either side alone does not pass.
 */
final class MapLayout {

    /** "mako-lb1" read as a number: what a plane's first eight bytes are. */
    static final long MAGIC = 0x6d616b6f2d6c6231L;

    /** A plane with another version is never touched. */
    static final int VERSION = 4;

    /** Copies of the VIP tables; one is in force. */
    static final int VIP_GENERATIONS = 8;

    /** {@code MAKO_STATE_...}: who may use a number. */
    static final byte STATE_FREE = 0;

    static final byte STATE_LIVE = 1;
    static final byte STATE_RETIRED = 2;

    /** {@code MAKO_ON_EMPTY_...}: what packets see; KEEP is DROP there. */
    static final byte ON_EMPTY_DROP = 0;

    static final byte ON_EMPTY_PASS = 1;

    /** {@code MAKO_VIP_PREFIX}: among the flags of a VIP, what packets are told of its kind. */
    static final int VIP_PREFIX = 0x8000;

    /** {@code MAKO_REAL_...}. */
    static final byte REAL_IPV6 = 1;

    static final byte REAL_LOCAL = 2;

    /** Number of next hops, {@code MAKO_GATEWAYS}. */
    static final int GATEWAYS = 1024;

    /** {@code MAKO_GATEWAY_KNOWN}. */
    static final long GATEWAY_KNOWN = 1L << 48;

    /** {@code MAKO_TOMBSTONE}: the VIP number of a connection that was purged. */
    static final int TOMBSTONE = 0xffff;

    private MapLayout() {}

    /** {@code struct mako_address} and the bucket of them. */
    static final class AddressSlot {
        static final int ADDR = 0;
        static final int ID = 16;
        static final int SIZE = 32;
        static final int PER_BUCKET = 2;
        static final int BUCKET_SIZE = SIZE * PER_BUCKET;

        private AddressSlot() {}
    }

    /** {@code struct mako_service} and the bucket of them. */
    static final class ServiceSlot {
        static final int KEY = 0;
        static final int VIP = 8;
        static final int SIZE = 16;
        static final int PER_BUCKET = 4;
        static final int BUCKET_SIZE = SIZE * PER_BUCKET;

        private ServiceSlot() {}
    }

    /** {@code struct mako_prefix}, key of the VIPs that are prefixes. */
    static final class PrefixKey {
        static final int LENGTH = 0;
        static final int TABLE = 4;
        static final int PROTOCOL = 5;
        static final int PORT = 6;
        static final int ADDR = 8;
        static final int SIZE = 24;

        private PrefixKey() {}
    }

    /** {@code struct mako_vip}. */
    static final class VipRow {
        static final int WORD = 0;
        static final int ADDR = 8;
        static final int PORT = 24;
        static final int PROTOCOL = 26;
        static final int PREFIX_LENGTH = 27;
        static final int STATE = 28;
        static final int HASH_FUNCTION = 29;
        static final int ON_EMPTY = 30;
        static final int RING_RECIPE = 32;
        static final int RING_DIGEST = 40;
        static final int SIZE = 64;

        private VipRow() {}
    }

    /** {@code struct mako_real}. */
    static final class RealRow {
        static final int ADDR = 0;
        static final int CSUM = 16;
        static final int FLAGS = 20;
        static final int STATE = 21;
        static final int SIZE = 32;

        private RealRow() {}
    }

    /** {@code struct mako_member}. */
    static final class MemberRow {
        static final int VIP = 0;
        static final int REAL = 2;
        static final int WEIGHT = 4;
        static final int SIZE = 8;
        static final int DISABLED = 1 << 31;
        static final int ROWS = 131_072;

        private MemberRow() {}
    }

    /** {@code struct mako_decap}. */
    static final class DecapRow {
        static final int MODE = 0;
        static final int SIZE = 4;
        static final int KEY_SIZE = 16;

        private DecapRow() {}
    }

    /** {@code struct mako_gateway}. */
    static final class GatewayRow {
        static final int MAC = 0;
        static final int IFINDEX = 8;
        static final int SIZE = 16;

        private GatewayRow() {}
    }

    /** {@code struct mako_control}. */
    static final class Control {
        static final int GENERATION = 0;
        static final int PREFIX_VIPS = 4;
        static final int SECRET = 8;
        static final int SOURCE_ROUTES = 16;
        static final int SIZE = 64;

        private Control() {}
    }

    /** {@code MAKO_ROUTE_SLOTS}: sets of source routes; one is in force. */
    static final int ROUTE_SLOTS = 2;

    /** {@code struct mako_route4} and {@code struct mako_route6}, keys of the source routes. */
    static final class Route {
        static final int PREFIX_LENGTH = 0;
        static final int SRC = 4;
        static final int V4_SIZE = 8;
        static final int V6_SIZE = 20;

        private Route() {}
    }

    /** {@code struct mako_flow4}, {@code struct mako_flow6} and {@code struct mako_flow_to} in their sets of four. */
    static final class Flow {
        static final int V4_SIZE = 16;
        static final int V4_TAIL = 8;
        static final int V6_SIZE = 32;
        static final int V6_PORTS = 16;
        static final int V6_TAIL = 24;
        static final int TO_SIZE = 48;
        static final int TO_DST = 16;
        static final int TO_PORTS = 32;
        static final int TO_TAIL = 40;
        static final int WAYS = 4;
        static final int SET4_SIZE = V4_SIZE * WAYS;
        static final int SET6_SIZE = V6_SIZE * WAYS;
        static final int SET_TO_SIZE = TO_SIZE * WAYS;

        private Flow() {}
    }

    /** {@code MAKO_SERVER_ID_...}: pages of real indexes. */
    static final class ServerIds {
        static final int PAGES = 256;
        static final int PER_PAGE = 65_536;
        static final int PAGE_SIZE = PER_PAGE * Short.BYTES;
        static final int LAST = 0x00fffffd;

        private ServerIds() {}
    }

    /** {@code struct mako_fallback_key}, {@code struct mako_fallback_key_to} and {@code struct mako_fallback_value}. */
    static final class Fallback {
        static final int KEY_PORTS = 16;
        static final int KEY_VIP = 24;
        static final int KEY_SIZE = 32;
        static final int KEY_TO_DST = 16;
        static final int KEY_TO_PORTS = 32;
        static final int KEY_TO_VIP = 36;
        static final int KEY_TO_SIZE = 40;
        static final int VALUE_REAL = 0;
        static final int VALUE_STAMP = 4;
        static final int VALUE_SIZE = 8;
        static final int ENTRIES = 1000;

        private Fallback() {}
    }

    /** {@code struct mako_counters}: {@link PlaneCounter} in its order, then reserved words and state. */
    static final class Counters {
        static final int SIZE = 1024;

        private Counters() {}
    }

    /** {@code struct mako_vip_counters}. */
    static final class VipStats {
        static final int PACKETS = 0;
        static final int BYTES = 8;
        static final int MISS_SYN = 16;
        static final int MISS_NON_SYN = 24;
        static final int MISS_UDP = 32;
        static final int DROPPED = 40;
        static final int ID_NEW = 48;
        static final int ID_MISMATCHES = 56;
        static final int SIZE = 64;

        private VipStats() {}
    }

    /** {@code struct mako_count}. */
    static final class Count {
        static final int PACKETS = 0;
        static final int BYTES = 8;
        static final int SIZE = 16;

        private Count() {}
    }

    /** {@code struct mako_settings}. */
    static final class Settings {
        static final int ADDRESS_BUCKETS = 0;
        static final int SERVICE_BUCKETS = 4;
        static final int MAX_VIPS = 8;
        static final int MAX_REALS = 12;
        static final int RING_SIZE = 16;
        static final int FLOW4_SETS = 20;
        static final int FLOW6_SETS = 24;
        static final int HASH_SEED = 28;
        static final int HASH_SEED_V6 = 32;
        static final int HZ = 36;
        static final int STAMP_SHIFT = 40;
        static final int UDP_TIMEOUT = 44;
        static final int REFRESH_AFTER = 48;
        static final int MAX_NEW_CONNECTIONS = 52;
        static final int MAX_FRAME_SIZE = 56;
        static final int TOO_BIG_RATE = 60;
        static final int OUTER_V4_PREFIX = 64;
        static final int OUTER_V6_PREFIX = 68;
        static final int OUTER_V4_CSUM = 80;
        static final int SOURCE_V4 = 84;
        static final int SOURCE_V6 = 88;
        static final int GUE_V4_CSUM = 104;
        static final int GUE_V6_CSUM = 108;
        static final int GUE_PORT = 112;
        static final int ENCAPSULATION = 114;
        static final int PER_INTERFACE_GATEWAY = 115;
        static final int VLAN = 116;
        static final int DECAP = 117;
        static final int DECAP_STRICT = 118;
        static final int UDP_STABLE_ROUTING = 119;
        static final int TCP_SERVER_ID_ROUTING = 120;
        static final int SOURCE_ROUTING = 121;
        static final int LOCAL_DELIVERY = 122;
        static final int PREFIX_VIPS = 123;
        static final int GLOBAL_SETS = 124;
        static final int SIZE = 192;

        private Settings() {}
    }

    /** {@code struct mako_hc_mark}. */
    static final class HealthCheckMark {
        static final int ADDR = 0;
        static final int FLAGS = 16;
        static final int SIZE = 24;

        private HealthCheckMark() {}
    }

    /** {@code struct mako_hc_key}. */
    static final class HealthCheckKey {
        static final int ADDR = 0;
        static final int PORT = 16;
        static final int PROTOCOL = 18;
        static final int SIZE = 20;

        private HealthCheckKey() {}
    }

    /** {@code struct mako_hc_settings}. */
    static final class HealthCheckSettings {
        static final int SOURCE_V4 = 0;
        static final int SOURCE_V6 = 4;
        static final int GUE_PORT = 20;
        static final int GATEWAY = 22;
        static final int PER_INTERFACE_GATEWAY = 23;
        static final int TUNNEL = 24;
        static final int TUNNEL_V4 = 28;
        static final int TUNNEL_V6 = 32;
        static final int SIZE = 64;

        private HealthCheckSettings() {}
    }

    /** {@code struct mako_plane_meta}. */
    static final class Meta {
        static final int MAGIC = 0;
        static final int LAYOUT_VERSION = 8;
        static final int STORE_ID = 16;
        static final int APPLIED_REVISION = 32;
        static final int SETTINGS_DIGEST = 40;
        static final int CREATED_AT = 72;
        static final int HEALTHCHECK_DIGEST = 80;
        static final int SIZE = 128;

        private Meta() {}
    }
}

package io.makolb.model;

/** What has an ETag of its own: the names under which changes are remembered. */
public sealed interface ResourceKey {

    /** The attributes of a VIP, without its reals. */
    record OfVip(VipId vip) implements ResourceKey {
        @Override
        public String toString() {
            return "vips/" + vip;
        }
    }

    /** The set of reals of a VIP. */
    record OfMembers(VipId vip) implements ResourceKey {
        @Override
        public String toString() {
            return "vips/" + vip + "/reals";
        }
    }

    /** One real in one VIP. */
    record OfMembership(VipId vip, Address real) implements ResourceKey {
        @Override
        public String toString() {
            return "vips/" + vip + "/reals/" + real;
        }
    }

    /** The set of reals that are down for a VIP. */
    record OfDownReals(VipId vip) implements ResourceKey {
        @Override
        public String toString() {
            return "vips/" + vip + "/down-reals";
        }
    }

    /** One real that is down for one VIP. */
    record OfDownReal(VipId vip, Address real) implements ResourceKey {
        @Override
        public String toString() {
            return "vips/" + vip + "/down-reals/" + real;
        }
    }

    /** The attributes of a real. */
    record OfReal(Address real) implements ResourceKey {
        @Override
        public String toString() {
            return "reals/" + real;
        }
    }

    /** The settings of an interface. */
    record OfInterface(String name) implements ResourceKey {
        @Override
        public String toString() {
            return "dataplane/interfaces/" + name;
        }
    }

    /** A resource that is a key with a value. */
    record OfEntry(EntryKind<?, ?> kind, Object key) implements ResourceKey {
        @Override
        public String toString() {
            return kind.path() + "/" + key;
        }
    }

    /** All resources of a kind of which there can be millions. */
    record OfBulk(BulkKind<?> kind) implements ResourceKey {
        @Override
        public String toString() {
            return kind.path();
        }
    }

    /** One of them. */
    record OfBulkEntry(BulkKind<?> kind, PackedKey key) implements ResourceKey {
        /** The one of this key. */
        public static <K extends Comparable<? super K>> OfBulkEntry of(BulkKind<K> kind, K key) {
            return new OfBulkEntry(kind, kind.pack(key));
        }

        @Override
        public String toString() {
            return kind.path() + "/" + kind.unpack(key);
        }
    }

    /** Whether the program is to be attached. */
    record OfAttachment() implements ResourceKey {
        @Override
        public String toString() {
            return "dataplane/attachment";
        }
    }

    /** The configuration as a whole. */
    record OfConfiguration() implements ResourceKey {
        @Override
        public String toString() {
            return "config";
        }
    }
}

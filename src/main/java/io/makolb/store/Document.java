package io.makolb.store;

import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.BulkTags;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.RealAttributes;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipEntry;
import java.util.Map;

/** What is stored under one key, with the revisions of the last changes to what it holds. */
public sealed interface Document {

    /** The resource it is stored as. */
    ResourceKey key();

    /** Revision of the last change to the resource itself. */
    long tag();

    /**
     * A VIP with its reals: the unit of a ring.
     *
     * @param tag of the VIP's attributes
     * @param membersTag of the set of its reals
     * @param memberTags of each of its reals
     * @param downSetTag of the set of reals that are down for it
     * @param downTags of each of those
     */
    record OfVip(
            VipEntry entry,
            long tag,
            long membersTag,
            Map<Address, Long> memberTags,
            long downSetTag,
            Map<Address, Long> downTags)
            implements Document {
        public OfVip {
            memberTags = Map.copyOf(memberTags);
            downTags = Map.copyOf(downTags);
        }

        @Override
        public ResourceKey key() {
            return new ResourceKey.OfVip(entry.vip().id());
        }
    }

    /** Attributes of a real; kept with default values too, so that its tag is never given twice. */
    record OfReal(Address real, RealAttributes attributes, long tag) implements Document {
        @Override
        public ResourceKey key() {
            return new ResourceKey.OfReal(real);
        }
    }

    /** Settings of an interface; kept with default values too, so that its tag is never given twice. */
    record OfInterface(String name, InterfaceSettings settings, long tag) implements Document {
        @Override
        public ResourceKey key() {
            return new ResourceKey.OfInterface(name);
        }
    }

    /** A resource that is a key with a value of its kind's type. */
    record OfEntry(ResourceKey.OfEntry key, Object value, long tag) implements Document {}

    /**
     * All resources of a kind of which there can be millions. The store knows what it wrote last, and writes what differs.
     *
     * @param tags of each of them
     * @param tag of all of them together
     */
    record OfBulk(BulkSet<?> set, BulkTags tags, long tag) implements Document {

        BulkKind<?> kind() {
            return set.kind();
        }

        @Override
        public ResourceKey key() {
            return new ResourceKey.OfBulk(set.kind());
        }
    }

    /** Whether the program is to be attached. */
    record OfAttachment(boolean attached, long tag) implements Document {
        @Override
        public ResourceKey key() {
            return new ResourceKey.OfAttachment();
        }
    }
}

package io.makolb.model;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Something an author wants of the configuration. Applying it is pure: it makes a new configuration or refuses. */
public sealed interface Change {

    /** The resource whose ETag a precondition speaks of. */
    ResourceKey target();

    /**
     * The configuration after this change.
     *
     * @throws Refusal when the change does not fit this configuration
     */
    Configuration applyTo(Configuration before);

    /** Creates a VIP or replaces its attributes; its reals stay. */
    record PutVip(Vip vip) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfVip(vip.id());
        }

        @Override
        public Configuration applyTo(Configuration before) {
            VipEntry entry = before.vips().get(vip.id());
            return before.with(entry == null ? new VipEntry(vip, new TreeMap<>()) : DownReals.keep(entry.with(vip)));
        }
    }

    /** Creates a VIP that must not exist yet. */
    record CreateVip(Vip vip) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfVip(vip.id());
        }

        @Override
        public Configuration applyTo(Configuration before) {
            if (before.vips().containsKey(vip.id())) {
                throw new Refusal(
                        Reason.ALREADY_EXISTS,
                        "VIP " + vip.id() + " exists already.",
                        "Replace it with PUT /api/v1/vips/" + vip.id() + ".");
            }
            return before.with(new VipEntry(vip, new TreeMap<>()));
        }
    }

    /** Changes attributes of an existing VIP. */
    record EditVip(VipId id, UnaryOperator<Vip> edit) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfVip(id);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            VipEntry entry = before.require(id);
            return before.with(DownReals.keep(entry.with(edit.apply(entry.vip()))));
        }
    }

    /** Removes a VIP with its memberships. */
    record DeleteVip(VipId id) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfVip(id);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            before.require(id);
            return before.without(id);
        }
    }

    /** Puts one real into a VIP or replaces its attributes there. */
    record PutMembership(VipId vip, Membership membership) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfMembership(vip, membership.real());
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return Members.put(before, vip, List.of(membership), List.of());
        }
    }

    /** Changes attributes of a real that is in a VIP. */
    record EditMembership(VipId vip, Address real, UnaryOperator<Membership> edit) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfMembership(vip, real);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return Members.put(before, vip, List.of(edit.apply(Members.require(before, vip, real))), List.of());
        }
    }

    /** Takes a real out of a VIP. */
    record DeleteMembership(VipId vip, Address real) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfMembership(vip, real);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            Members.require(before, vip, real);
            return Members.put(before, vip, List.of(), List.of(real));
        }
    }

    /** Replaces the whole set of reals of a VIP. */
    record ReplaceMembers(VipId vip, List<Membership> members) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfMembers(vip);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return Members.replace(before, vip, members);
        }
    }

    /** Puts some reals and removes others, all or nothing; removing one that is absent is no error. */
    record EditMembers(VipId vip, List<Membership> upsert, List<Address> remove) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfMembers(vip);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return Members.put(before, vip, upsert, remove);
        }
    }

    /** Says that a real is down for a VIP: UDP flows leave it. It need not be one of the VIP's reals. */
    record PutDownReal(VipId vip, Address real) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfDownReal(vip, real);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return DownReals.put(before, vip, real);
        }
    }

    /** Says so no longer; a real that is DISABLED stays down. */
    record DeleteDownReal(VipId vip, Address real) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfDownReal(vip, real);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return DownReals.delete(before, vip, real);
        }
    }

    /** Says of which reals that they are down for a VIP; those that are DISABLED are down all the same. */
    record ReplaceDownReals(VipId vip, List<Address> reals) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfDownReals(vip);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return DownReals.replace(before, vip, reals);
        }
    }

    /** Sets what is true of a real in every VIP. Of a real that no VIP uses there must be something to remember. */
    record PutReal(Address real, RealAttributes attributes) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfReal(real);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            if (attributes.equals(RealAttributes.DEFAULT)) {
                before.require(real);
            }
            NavigableMap<Address, RealAttributes> reals = new TreeMap<>((Map<Address, RealAttributes>) before.reals());
            reals.put(real, attributes);
            return before.edit().reals(reals).done();
        }
    }

    /** Changes attributes of a real that exists. */
    record EditReal(Address real, UnaryOperator<RealAttributes> edit) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfReal(real);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            RealAttributes attributes = before.reals().getOrDefault(real, RealAttributes.DEFAULT);
            return new PutReal(before.require(real), edit.apply(attributes)).applyTo(before);
        }
    }

    /** Sets mode and gateway of an interface; {@link InterfaceSettings#DEFAULT} returns it to the properties. */
    record PutInterface(String name, InterfaceSettings settings) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfInterface(name);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            NavigableMap<String, InterfaceSettings> interfaces =
                    new TreeMap<>((Map<String, InterfaceSettings>) before.interfaces());
            interfaces.put(name, settings);
            return before.edit().interfaces(interfaces).done();
        }
    }

    /** Changes settings of an interface. */
    record EditInterface(String name, UnaryOperator<InterfaceSettings> edit) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfInterface(name);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            InterfaceSettings settings = before.interfaces().getOrDefault(name, InterfaceSettings.DEFAULT);
            return new PutInterface(name, edit.apply(settings)).applyTo(before);
        }
    }

    /** Creates or replaces a resource that is a key with a value. */
    record PutEntry<K extends Comparable<? super K>, V>(EntryKind<K, V> kind, K key, V value) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfEntry(kind, key);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            kind.check(key);
            return before.with(before.entries().edit().put(kind, key, value).freeze());
        }
    }

    /** Removes one that must exist. */
    record DeleteEntry<K extends Comparable<? super K>, V>(EntryKind<K, V> kind, K key) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfEntry(kind, key);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            before.require(kind, key);
            return before.with(before.entries().edit().set(kind, key, null).freeze());
        }
    }

    /** Creates or replaces a resource of which there can be millions. */
    record PutBulkEntry<K extends Comparable<? super K>>(BulkKind<K> kind, K key, Address real) implements Change {
        @Override
        public ResourceKey target() {
            return ResourceKey.OfBulkEntry.of(kind, key);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            kind.check(key, real);
            return before.with(before.bulk().of(kind).with(Map.of(key, Optional.of(real))));
        }
    }

    /** Removes one that must exist. */
    record DeleteBulkEntry<K extends Comparable<? super K>>(BulkKind<K> kind, K key) implements Change {
        @Override
        public ResourceKey target() {
            return ResourceKey.OfBulkEntry.of(kind, key);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            before.bulk().of(kind).require(key);
            return before.with(before.bulk().of(kind).with(Map.of(key, Optional.empty())));
        }
    }

    /** Puts some and removes others, where the real is absent, all or nothing; removing one that is absent is no error. */
    record EditBulk<K extends Comparable<? super K>>(BulkKind<K> kind, Map<K, Optional<Address>> edits)
            implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfBulk(kind);
        }

        @Override
        public Configuration applyTo(Configuration before) {
            edits.forEach((key, real) -> real.ifPresent(now -> kind.check(key, now)));
            return before.with(before.bulk().of(kind).with(edits));
        }
    }

    /** Replaces all of a kind. */
    record ReplaceBulk<K extends Comparable<? super K>>(BulkSet<K> wanted) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfBulk(wanted.kind());
        }

        /** Where little differs, what is there is edited: then little is written, too. */
        @Override
        public Configuration applyTo(Configuration before) {
            BulkSet<K> was = before.bulk().of(wanted.kind());
            return before.with(wanted.asEditOf(was));
        }
    }

    /** Attaches the program to its interfaces, or detaches it. */
    record SetAttachment(boolean attached) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfAttachment();
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return before.edit().attached(attached).done();
        }
    }

    /** A configuration that did not come of checked changes. */
    private static Configuration checked(Configuration configuration) {
        configuration
                .vips()
                .values()
                .forEach(entry -> DownReals.check(
                        Members.check(entry), "/vips/" + entry.vip().id() + "/downReals"));
        configuration.entries().check();
        return configuration;
    }

    /**
     * Replaces everything, but of what there can be millions only what it names.
     *
     * @param attached what it says of the attachment; absent: stays as it is
     * @param bulk what it says of kinds of which there can be millions; those that are not named stay as they are
     */
    record ReplaceConfiguration(Configuration configuration, Optional<Boolean> attached, List<BulkSet<?>> bulk)
            implements Change {
        public ReplaceConfiguration {
            bulk = List.copyOf(bulk);
        }

        @Override
        public ResourceKey target() {
            return new ResourceKey.OfConfiguration();
        }

        @Override
        public Configuration applyTo(Configuration before) {
            BulkSets sets = before.bulk();
            for (BulkSet<?> named : bulk) {
                sets = sets.with(named);
            }
            return checked(configuration)
                    .edit()
                    .bulk(sets)
                    .attached(attached.orElse(before.attached()))
                    .done();
        }
    }

    /** Changes any part of the configuration, all or nothing. */
    record EditConfiguration(UnaryOperator<Configuration> edit) implements Change {
        @Override
        public ResourceKey target() {
            return new ResourceKey.OfConfiguration();
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return checked(edit.apply(before));
        }
    }

    /**
     * Replaces everything by what a file says, and remembers which file it was.
     *
     * @param content what it says
     * @param digest of the file's bytes
     */
    record ApplyFile(ReplaceConfiguration content, String digest) implements Change {
        @Override
        public ResourceKey target() {
            return content.target();
        }

        @Override
        public Configuration applyTo(Configuration before) {
            return content.applyTo(before);
        }
    }
}

package io.makolb.model;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Everything the operator wants, and nothing else: no status, no numbers the kernel chose, no revisions. Made from another one,
 * part by part, with {@link #edit}.
 *
 * @param vips by identity
 * @param reals attributes that differ from {@link RealAttributes#DEFAULT}
 * @param interfaces settings that differ from {@link InterfaceSettings#DEFAULT}, by interface name
 * @param entries resources that are a key with a value, by their kind
 * @param bulk resources of which there can be millions, by their kind
 * @param attached whether the program should be attached to the interfaces
 */
public record Configuration(
        NavigableMap<VipId, VipEntry> vips,
        NavigableMap<Address, RealAttributes> reals,
        NavigableMap<String, InterfaceSettings> interfaces,
        Entries entries,
        BulkSets bulk,
        boolean attached) {

    /** A balancer that nobody has configured. */
    public static final Configuration EMPTY =
            new Configuration(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), Entries.EMPTY, BulkSets.EMPTY, true);

    public Configuration(
            NavigableMap<VipId, VipEntry> vips,
            NavigableMap<Address, RealAttributes> reals,
            NavigableMap<String, InterfaceSettings> interfaces,
            Entries entries,
            BulkSets bulk,
            boolean attached) {
        this.vips = frozen(vips, null);
        this.reals = frozen(reals, RealAttributes.DEFAULT);
        this.interfaces = frozen(interfaces, InterfaceSettings.DEFAULT);
        this.entries = entries;
        this.bulk = bulk;
        this.attached = attached;
    }

    /** Begins a configuration that is like this one but for the parts that are named. */
    public Edit edit() {
        return new Edit(this);
    }

    /** The same configuration with one VIP put or replaced. */
    public Configuration with(VipEntry entry) {
        TreeMap<VipId, VipEntry> changed = new TreeMap<>((Map<VipId, VipEntry>) vips);
        changed.put(entry.vip().id(), entry);
        return edit().vips(changed).done();
    }

    /** The same configuration with other entries. */
    public Configuration with(Entries changed) {
        return edit().entries(changed).done();
    }

    /** The same configuration with all resources of one kind replaced. */
    public Configuration with(BulkSet<?> changed) {
        return edit().bulk(bulk.with(changed)).done();
    }

    /** The same configuration without a VIP. */
    public Configuration without(VipId id) {
        TreeMap<VipId, VipEntry> changed = new TreeMap<>((Map<VipId, VipEntry>) vips);
        changed.remove(id);
        return edit().vips(changed).done();
    }

    /**
     * A VIP that must exist.
     *
     * @throws Refusal {@link Reason#NOT_FOUND}
     */
    public VipEntry require(VipId id) {
        VipEntry entry = vips.get(id);
        if (entry == null) {
            throw new Refusal(
                    Reason.NOT_FOUND,
                    "There is no VIP " + id + ".",
                    "List the VIPs with GET /api/v1/vips, or create this one with PUT /api/v1/vips/" + id + ".");
        }
        return entry;
    }

    /**
     * A real that must exist: in use, or with attributes of its own.
     *
     * @throws Refusal {@link Reason#NOT_FOUND}
     */
    public Address require(Address real) {
        if (!reals.containsKey(real) && !uses(real)) {
            throw new Refusal(
                    Reason.NOT_FOUND,
                    "Nothing uses " + real + ", and nothing else is known of it.",
                    "List the reals with GET /api/v1/reals, or put it into a VIP.");
        }
        return real;
    }

    /**
     * A real that must be down for a VIP.
     *
     * @return why it is
     * @throws Refusal {@link Reason#NOT_FOUND}
     */
    public DownSource requireDownReal(VipId vip, Address real) {
        DownSource source = require(vip).allDownReals().get(real);
        if (source == null) {
            throw new Refusal(
                    Reason.NOT_FOUND,
                    "VIP " + vip + " exists, but " + real + " is not down for it.",
                    "List what is with GET /api/v1/vips/" + vip + "/down-reals.");
        }
        return source;
    }

    /**
     * A resource that must exist.
     *
     * @throws Refusal {@link Reason#NOT_FOUND}
     */
    public <K extends Comparable<? super K>, V> V require(EntryKind<K, V> kind, K key) {
        V value = entries.of(kind).get(key);
        if (value == null) {
            throw kind.missing(key);
        }
        return value;
    }

    /** Whether packets can be sent to a real: a VIP names it, or a source route or server id leads to it. */
    public boolean uses(Address real) {
        return bulk.leadTo(real)
                || vips.values().stream().anyMatch(entry -> entry.reals().contains(real));
    }

    /** Every real that exists: in use, or with attributes of its own. */
    public NavigableSet<Address> allReals() {
        NavigableSet<Address> all = new TreeSet<>(reals.keySet());
        all.addAll(bulk.reals());
        for (VipEntry entry : vips.values()) {
            all.addAll(entry.reals());
        }
        return all;
    }

    /** A copy without what says nothing. */
    private static <K extends Comparable<? super K>, V> NavigableMap<K, V> frozen(
            NavigableMap<K, V> map, @Nullable V nothing) {
        TreeMap<K, V> copy = new TreeMap<>((Map<K, V>) map);
        if (nothing != null) {
            copy.values().removeIf(nothing::equals);
        }
        return Collections.unmodifiableNavigableMap(copy);
    }

    /** A configuration under construction. */
    public static final class Edit {
        private NavigableMap<VipId, VipEntry> vips;
        private NavigableMap<Address, RealAttributes> reals;
        private NavigableMap<String, InterfaceSettings> interfaces;
        private Entries entries;
        private BulkSets bulk;
        private boolean attached;

        private Edit(Configuration from) {
            vips = from.vips;
            reals = from.reals;
            interfaces = from.interfaces;
            entries = from.entries;
            bulk = from.bulk;
            attached = from.attached;
        }

        /** Replaces all VIPs. */
        public Edit vips(NavigableMap<VipId, VipEntry> all) {
            vips = all;
            return this;
        }

        /** Replaces the attributes of all reals. */
        public Edit reals(NavigableMap<Address, RealAttributes> all) {
            reals = all;
            return this;
        }

        /** Replaces the settings of all interfaces. */
        public Edit interfaces(NavigableMap<String, InterfaceSettings> all) {
            interfaces = all;
            return this;
        }

        /** Replaces the resources that are a key with a value. */
        public Edit entries(Entries all) {
            entries = all;
            return this;
        }

        /** Replaces the resources of which there can be millions. */
        public Edit bulk(BulkSets all) {
            bulk = all;
            return this;
        }

        /** Sets whether the program should be attached. */
        public Edit attached(boolean wanted) {
            attached = wanted;
            return this;
        }

        /** The configuration. */
        public Configuration done() {
            return new Configuration(vips, reals, interfaces, entries, bulk, attached);
        }
    }
}

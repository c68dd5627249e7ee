package io.makolb.model;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A virtual IP: what clients connect to.
 *
 * @param id its identity
 * @param flags what is special about it, sorted by name
 * @param hashFunction how its ring is generated
 * @param onEmpty what happens while it has no real
 * @param description free text; may be empty
 * @param labels for people and selectors
 */
public record Vip(
        VipId id,
        Set<VipFlag> flags,
        HashFunction hashFunction,
        OnEmpty onEmpty,
        String description,
        NavigableMap<String, String> labels) {

    public Vip(
            VipId id,
            Set<VipFlag> flags,
            HashFunction hashFunction,
            OnEmpty onEmpty,
            String description,
            NavigableMap<String, String> labels) {
        TreeSet<VipFlag> sorted = new TreeSet<>((a, b) -> a.name().compareTo(b.name()));
        sorted.addAll(flags);
        this.id = id;
        this.flags = Collections.unmodifiableSortedSet(sorted);
        this.hashFunction = hashFunction;
        this.onEmpty = onEmpty;
        this.description = description;
        this.labels = Collections.unmodifiableNavigableMap(new TreeMap<>((Map<String, String>) labels));
    }

    /** A VIP with defaults for everything but its identity. */
    public static Vip of(VipId id) {
        return new Vip(id, Set.of(), HashFunction.MAGLEV_V2, OnEmpty.DROP, "", new TreeMap<>());
    }

    /** Whether its flows leave a real that is down. */
    public boolean migratesFlows() {
        return id.protocol() == Protocol.UDP && flags.contains(VipFlag.UDP_FLOW_MIGRATION);
    }

    /** The flags as the kernel's bits. */
    public int flagBits() {
        int bits = 0;
        for (VipFlag flag : flags) {
            bits |= flag.bit();
        }
        return bits;
    }
}

package io.makolb.plane;

import io.makolb.libbpf.BpfMapMemory;
import io.makolb.model.Address;
import io.makolb.plane.MapLayout.MemberRow;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** Which reals are in which VIPs with which weights: rows in no order, for the control plane alone. */
final class MemberTable {

    private final BpfMapMemory memory;
    private final KernelWrites writes;

    MemberTable(BpfMapMemory memory, KernelWrites writes) {
        this.memory = memory;
        this.writes = writes;
    }

    /**
     * Reads the members of VIPs.
     *
     * @param wanted which VIP numbers
     * @param reals who has which index; rows of indexes that are not in force are left out
     * @return by VIP number
     */
    Map<Integer, NavigableMap<Address, MemberImage>> read(IntPredicate wanted, RealRows reals) {
        Map<Integer, NavigableMap<Address, MemberImage>> members = new HashMap<>();
        LongBuffer rows = rows();
        for (int row = 0; row < MemberRow.ROWS; row++) {
            long word = rows.get(row);
            int real = real(word);
            if (real != 0
                    && wanted.test(vip(word))
                    && real < reals.count()
                    && reals.state(real) == MapLayout.STATE_LIVE) {
                members.computeIfAbsent(vip(word), number -> new TreeMap<>()).put(reals.address(real), member(word));
            }
        }
        return members;
    }

    /**
     * A member of which there should be one row.
     *
     * @param vip number
     * @param real index
     */
    record Member(int vip, int real) {}

    /** Members that several rows speak of: which of them counts is chance. */
    List<Member> repeated() {
        Set<Long> seen = new HashSet<>();
        List<Member> repeated = new ArrayList<>();
        LongBuffer rows = rows();
        for (int row = 0; row < MemberRow.ROWS; row++) {
            long word = rows.get(row);
            if (real(word) != 0 && !seen.add(key(vip(word), real(word)))) {
                repeated.add(new Member(vip(word), real(word)));
            }
        }
        return repeated;
    }

    /**
     * Makes these the members of VIPs, and removes rows that nobody in force owns.
     *
     * @param changed wanted members of some VIPs, by number
     * @param liveVips every VIP number in force
     * @param liveReals every real index in force
     */
    void write(Map<Integer, ? extends Map<Address, MemberImage>> changed, BitSet liveVips, BitSet liveReals) {
        Map<Long, Long> missing = new HashMap<>();
        changed.forEach((vip, members) ->
                members.values().forEach(member -> missing.put(key(vip, member.index()), word(vip, member))));
        BitSet changedVips = new BitSet();
        changed.keySet().forEach(changedVips::set);
        int[] free = new int[missing.size()];
        int found = 0;
        LongBuffer rows = rows();
        for (int row = 0; row < MemberRow.ROWS; row++) {
            long word = rows.get(row);
            if (word != 0 && isWanted(word, changedVips, missing, row, liveVips, liveReals)) {
                continue;
            }
            store(row, 0);
            if (found < free.length) {
                free[found++] = row;
            }
        }
        int next = 0;
        for (long word : missing.values()) {
            store(free[next++], word);
        }
    }

    /** Whether a row stays; if its VIP changes, with the weight it shall have. */
    private boolean isWanted(
            long word, BitSet changed, Map<Long, Long> missing, int row, BitSet liveVips, BitSet liveReals) {
        if (real(word) == 0 || !liveVips.get(vip(word)) || !liveReals.get(real(word))) {
            return false;
        }
        if (!changed.get(vip(word))) {
            return true;
        }
        Long wanted = missing.remove(key(vip(word), real(word)));
        if (wanted != null) {
            store(row, wanted);
        }
        return wanted != null;
    }

    private void store(int row, long word) {
        writes.word(memory, (long) row * MemberRow.SIZE, word);
    }

    private LongBuffer rows() {
        return memory.slice(0, MemberRow.ROWS * MemberRow.SIZE).asLongBuffer();
    }

    private static MemberImage member(long word) {
        int weight = (int) (word >>> 32);
        return new MemberImage(real(word), weight & ~MemberRow.DISABLED, (weight & MemberRow.DISABLED) == 0);
    }

    private static long word(int vip, MemberImage member) {
        long weight = Integer.toUnsignedLong(member.weight() | (member.enabled() ? 0 : MemberRow.DISABLED));
        return weight << 32 | (long) member.index() << 16 | vip;
    }

    private static long key(int vip, int real) {
        return (long) vip << 16 | real;
    }

    private static int vip(long word) {
        return (int) word & 0xffff;
    }

    private static int real(long word) {
        return (int) word >>> 16;
    }
}

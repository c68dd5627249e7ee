package io.makolb.plane;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;

/** Which ring slot belongs to which VIP, and which are free. Only the writer changes it. */
final class RingSlots {

    private final ReusePool free;
    private final int[] owned;

    /** Every VIP in force owns the slot its packets use; all others are free. No packet may still use one of those. */
    RingSlots(KernelTables tables, Collection<VipImage> vips, GracePeriod grace) {
        this.free = new ReusePool("ring slots", grace);
        this.owned = new int[tables.limits().maxVips()];
        BitSet taken = new BitSet();
        taken.set(0);
        for (VipImage vip : vips) {
            int slot = tables.vips().ring(vip.number());
            boolean valid = slot > 0 && slot < tables.rings().slots() && !taken.get(slot);
            if (valid) {
                owned[vip.number()] = slot;
                taken.set(slot);
            }
        }
        List<Integer> rest = new ArrayList<>();
        for (int slot = 0; slot < tables.rings().slots(); slot++) {
            if (!taken.get(slot)) {
                rest.add(slot);
            }
        }
        free.giveBack(rest);
    }

    /** A free slot, if there is one now. */
    OptionalInt poll() {
        return free.poll();
    }

    /** A free slot; waits for one that packets may still use. */
    int take() {
        return free.take();
    }

    /** Takes back slots that no packet has seen. */
    void giveBack(Collection<Integer> slots) {
        free.giveBack(slots);
    }

    /** The VIP's packets use this slot from now on (0: none); the one they used before becomes free after a grace period. */
    void assign(int number, int slot) {
        int before = owned[number];
        if (before != slot) {
            owned[number] = slot;
            if (before != 0) {
                free.retire(List.of(before));
            }
        }
    }

    /** The slot that belongs to a VIP; 0 = none. */
    int of(int number) {
        return owned[number];
    }
}

package io.makolb.balancer;

import io.makolb.model.Observation;
import io.makolb.model.Observation.Reclaimed;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.VipImage;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * Makes retired numbers free again. The purge walks the connection tables, which takes long, so it runs on a thread of its own;
 * while it runs its numbers must stay retired.
 */
final class Reclaimer {

    /** Purging begins when fewer than this share of the numbers is free. */
    private static final int LOW_WATER = 8;

    private final ForwardingPlane plane;
    private final ExecutorService thread;
    private final Consumer<Observation> done;
    private final Consumer<PlaneException> failed;
    private final Set<Integer> vipsByAge = new LinkedHashSet<>();
    private final Set<Integer> realsByAge = new LinkedHashSet<>();
    private Reclaimed busy = new Reclaimed(Set.of(), Set.of());
    private boolean running;

    /**
     * A reclaimer at rest.
     *
     * @param done called on the purging thread with what is free now
     * @param failed called on the purging thread
     */
    Reclaimer(
            ForwardingPlane plane,
            ExecutorService thread,
            Consumer<Observation> done,
            Consumer<PlaneException> failed) {
        this.plane = plane;
        this.thread = thread;
        this.done = done;
        this.failed = failed;
    }

    /** What the projection must leave alone just now. */
    Retirement retirement() {
        return Retirement.busy(busy.vipNumbers(), busy.realIndexes());
    }

    /** Looks at what is in force: begins a purge when numbers run low, or at once when somebody waits for them. */
    void look(PlaneImage image, boolean urgent) {
        remember(vipsByAge, image.retiredVips().values());
        remember(realsByAge, image.retiredReals().values());
        if (running) {
            return;
        }
        int maxVips = image.limits().maxVips();
        int maxReals = image.limits().maxReals() - 1;
        Set<Integer> vips = oldest(vipsByAge, urgent, maxVips, image.vips().size());
        Set<Integer> reals = keepsRing(image)
                ? Set.of()
                : oldest(realsByAge, urgent, maxReals, image.reals().size());
        if (!vips.isEmpty() || !reals.isEmpty()) {
            begin(new Reclaimed(vips, reals));
        }
    }

    private static void remember(Set<Integer> byAge, Collection<Integer> retired) {
        byAge.retainAll(new HashSet<>(retired));
        byAge.addAll(retired);
    }

    private static Set<Integer> oldest(Set<Integer> byAge, boolean urgent, int size, int live) {
        int free = size - live - byAge.size();
        if (!urgent && free >= size / LOW_WATER) {
            return Set.of();
        }
        Set<Integer> oldest = new HashSet<>();
        Iterator<Integer> numbers = byAge.iterator();
        for (int i = (byAge.size() + 1) / 2; i > 0; i--) {
            oldest.add(numbers.next());
        }
        return Set.copyOf(oldest);
    }

    /** A ring that was kept when its reals left still leads to their indexes; nobody knows which. */
    private static boolean keepsRing(PlaneImage image) {
        for (VipImage vip : image.vips().values()) {
            if (vip.ringRecipe() != 0
                    && vip.members().values().stream().allMatch(member -> member.effectiveWeight() == 0)) {
                return true;
            }
        }
        return false;
    }

    private void begin(Reclaimed numbers) {
        busy = numbers;
        running = true;
        thread.execute(() -> {
            try {
                plane.purge(numbers.vipNumbers(), numbers.realIndexes());
                done.accept(numbers);
            } catch (PlaneException e) {
                failed.accept(e);
            }
        });
    }

    /** The purge has ended, one way or the other. Called by the writer. */
    void ended() {
        busy = new Reclaimed(Set.of(), Set.of());
        running = false;
    }

    /** Whether a purge is under way. */
    boolean running() {
        return running;
    }
}

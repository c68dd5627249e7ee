package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.PackedKey;
import io.makolb.model.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reals for clients of certain networks. There are two slots of tries; a word that packets read once says which is in force. A few
 * routes are changed in place. Many are entered into tries of their own, in the other slot, and the word is switched: packets obey
 * either all of them or none.
 */
final class RouteTable implements BulkTable, AutoCloseable {

    /** What the pins of tries begin with; family and slot follow. */
    static final String PIN_PREFIX = "routes-";

    /** Routes that are changed in place: within some milliseconds. */
    static final int FEW = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);

    private final PlaneMaps maps;
    private final ControlWords control;
    private final PinDirectory pins;
    private final KernelWrites writes;
    private final GracePeriod grace;
    private final int most;

    /** The tries of each slot; null: it has none. */
    private final @Nullable RouteTries[] slots = new RouteTries[MapLayout.ROUTE_SLOTS];

    private boolean closed;

    /**
     * Opens what is there.
     *
     * @param most routes that there may be; 0 = packets do not look for any
     */
    RouteTable(
            PlaneMaps maps, ControlWords control, PinDirectory pins, KernelWrites writes, GracePeriod grace, int most) {
        this.maps = maps;
        this.control = control;
        this.pins = pins;
        this.writes = writes;
        this.grace = grace;
        this.most = most;
        slots[control.routeSlot()] = open(control.routeSlot());
    }

    /** Room for routes, where packets look for any: from then on a few need no other slot. */
    synchronized void prepare() {
        int slot = control.routeSlot();
        if (most > 0 && slots[slot] == null) {
            fillSlot(slot, RouteTries.create(most));
        }
    }

    @Override
    public synchronized BulkSet<Prefix> read(RealRows reals) {
        RouteTries tries = slots[control.routeSlot()];
        return tries == null ? BulkSet.empty(BulkKind.SOURCE_ROUTES) : tries.read(index -> reals.known(index));
    }

    @Override
    public synchronized StagedBulk stage(
            PlanStep.ChangeBulk change, Map<Address, RealImage> reals, List<StagedBulk> earlier) {
        BulkSet<Prefix> before = routes(change.before());
        BulkSet<Prefix> after = routes(change.after());
        RouteTries here = slots[control.routeSlot()];
        RouteEdits edits = RouteEdits.between(before, after, FEW);
        if (here != null && here.hasRoomFor(most) && edits.areAll()) {
            return new InPlace(here, edits, reals);
        }
        for (StagedBulk staged : earlier) {
            if (staged instanceof Aside aside && aside.serves(after, reals)) {
                return aside.takeOver();
            }
        }
        return aside(after, reals);
    }

    @SuppressWarnings("unchecked") // the step is one of this kind
    private static BulkSet<Prefix> routes(BulkSet<?> set) {
        return (BulkSet<Prefix>) set;
    }

    private Aside aside(BulkSet<Prefix> routes, Map<Address, RealImage> reals) {
        int slot = (control.routeSlot() + 1) % MapLayout.ROUTE_SLOTS;
        if (slots[slot] != null) {
            grace.await(); // a packet may have read the word before it was switched
        }
        empty(slot);
        RouteTries tries = RouteTries.create(most);
        try {
            tries.fill(routes, real -> RealImage.index(reals, real));
            fillSlot(slot, tries);
        } catch (RuntimeException e) {
            tries.close();
            throw e;
        }
        return new Aside(slot, tries, routes, reals);
    }

    /** Few routes, which change where packets find them. */
    private final class InPlace implements StagedBulk {
        private final RouteTries tries;
        private final RouteEdits edits;
        private final Map<Address, RealImage> reals;

        InPlace(RouteTries tries, RouteEdits edits, Map<Address, RealImage> reals) {
            this.tries = tries;
            this.edits = edits;
            this.reals = reals;
        }

        @Override
        public void switchOver() {
            edits.puts().forEach((key, real) -> tries.put(writes, key, RealImage.index(reals, real)));
            edits.removes().forEach(key -> tries.remove(writes, key));
        }

        /** A network that was taken out finds what a network around it finds. */
        @Override
        public String missing() {
            for (Map.Entry<PackedKey, Address> put : edits.puts().entrySet()) {
                if (tries.find(put.getKey()) != RealImage.index(reals, put.getValue())) {
                    return "source route " + BulkKind.SOURCE_ROUTES.unpack(put.getKey());
                }
            }
            for (PackedKey key : edits.removes()) {
                int found = tries.find(key);
                if (found != 0
                        && found
                                != edits.around(key)
                                        .map(real -> RealImage.index(reals, real))
                                        .orElse(0)) {
                    return "source route " + BulkKind.SOURCE_ROUTES.unpack(key);
                }
            }
            return "";
        }

        @Override
        public void abandon() {
            // Nothing was done yet.
        }
    }

    /** All routes, in the other slot. */
    private final class Aside implements StagedBulk {
        private final int slot;
        private final RouteTries tries;
        private final BulkSet<Prefix> routes;
        private final Map<Address, RealImage> reals;
        private boolean given;

        Aside(int slot, RouteTries tries, BulkSet<Prefix> routes, Map<Address, RealImage> reals) {
            this.slot = slot;
            this.tries = tries;
            this.routes = routes;
            this.reals = reals;
        }

        /** Whether a plan that wants these routes can use it. */
        @SuppressWarnings("ReferenceEquality") // to compare millions takes longer than to enter them
        boolean serves(BulkSet<Prefix> wanted, Map<Address, RealImage> indexes) {
            return !given
                    && slots[slot] == tries
                    && wanted == routes
                    && routes.reals().stream()
                            .allMatch(real -> RealImage.index(indexes, real) == RealImage.index(reals, real));
        }

        Aside takeOver() {
            given = true;
            return new Aside(slot, tries, routes, reals);
        }

        @Override
        public void switchOver() {
            if (slots[slot] != tries) {
                throw new IllegalStateException("the source routes that were made aside are gone");
            }
            given = true;
            int before = control.routeSlot();
            control.putRouteSlot(slot);
            RouteTries retired = slots[before];
            if (before != slot && retired != null) {
                grace.then(() -> retire(before, retired));
            }
        }

        @Override
        public String missing() {
            return control.routeSlot() == slot ? "" : "the switch to other source routes";
        }

        /** A repair may have used the slot meanwhile. */
        @Override
        public void abandon() {
            synchronized (RouteTable.this) {
                if (!given && isSpare()) {
                    empty(slot);
                }
                given = true;
            }
        }

        @SuppressWarnings("ReferenceEquality") // these very tries
        private boolean isSpare() {
            return slots[slot] == tries && control.routeSlot() != slot;
        }
    }

    /** No packet sees these tries any more. Their slot may have been used again. */
    @SuppressWarnings("ReferenceEquality") // these very tries
    private synchronized void retire(int slot, RouteTries tries) {
        if (!closed && slots[slot] == tries && slot != control.routeSlot()) {
            empty(slot);
        }
    }

    /** The pin comes before the slot: tries that packets found and nobody could open would never be emptied. */
    private synchronized void fillSlot(int slot, RouteTries tries) {
        pin(PlaneMaps.ROUTES4, slot, tries.v4());
        pin(PlaneMaps.ROUTES6, slot, tries.v6());
        writes.other(() -> maps.map(PlaneMaps.ROUTES4).updateInner(slot, tries.v4()));
        writes.other(() -> maps.map(PlaneMaps.ROUTES6).updateInner(slot, tries.v6()));
        slots[slot] = tries;
    }

    private void pin(String name, int slot, BpfMap trie) {
        writes.other(() -> {
            pins.remove(pinOf(name, slot));
            trie.pin(pins.pin(pinOf(name, slot)));
        });
    }

    /** Gives back the memory of a slot that packets do not look into. */
    private synchronized void empty(int slot) {
        for (String name : List.of(PlaneMaps.ROUTES4, PlaneMaps.ROUTES6)) {
            if (pins.has(pinOf(name, slot))) {
                writes.other(() -> maps.map(name).delete(slot));
                writes.other(() -> pins.remove(pinOf(name, slot)));
            }
        }
        RouteTries tries = slots[slot];
        slots[slot] = null;
        if (tries != null) {
            tries.close();
        }
    }

    private @Nullable RouteTries open(int slot) {
        Optional<BpfMap> v4 = open(PlaneMaps.ROUTES4, slot);
        Optional<BpfMap> v6 = open(PlaneMaps.ROUTES6, slot);
        if (v4.isPresent() && v6.isPresent()) {
            return new RouteTries(v4.get(), v6.get());
        }
        v4.ifPresent(BpfMap::close);
        v6.ifPresent(BpfMap::close);
        return null;
    }

    private Optional<BpfMap> open(String name, int slot) {
        Optional<BpfMap> trie = pins.openInner(pinOf(name, slot), maps.map(name), slot);
        if (trie.isEmpty() && pins.has(pinOf(name, slot))) {
            LOG.warn(
                    "The tries of slot {} of the source routes are not the ones that packets find; they are made anew.",
                    slot);
        }
        return trie;
    }

    private static String pinOf(String name, int slot) {
        return PIN_PREFIX + (name.equals(PlaneMaps.ROUTES4) ? "v4-" : "v6-") + slot;
    }

    /** Lets go of the tries; packets go on finding them. */
    @Override
    public synchronized void close() {
        closed = true;
        for (RouteTries tries : slots) {
            if (tries != null) {
                tries.close();
            }
        }
    }
}

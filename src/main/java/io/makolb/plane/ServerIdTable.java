package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapFlags;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfMapSpec;
import io.makolb.libbpf.BpfMapType;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkLoad;
import io.makolb.model.BulkSet;
import io.makolb.model.PackedKey;
import io.makolb.model.ServerId;
import io.makolb.plane.MapLayout.ServerIds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Real indexes by server id. Ids lie in pages of {@value MapLayout.ServerIds#PER_PAGE}, and there is a page only where an id was ever
 * entered: few ids take 128 KiB, all of them 32 MiB. A new page is seen by packets only after a grace period, so pages are made while a
 * plan is staged; what is stored in one is seen at once. Pages are pinned, because kernels open maps by number only for more privilege.
 */
final class ServerIdTable implements BulkTable, AutoCloseable {

    /** What the pins of pages begin with; two hexadecimal digits follow. */
    static final String PIN_PREFIX = "server-ids-";

    private static final int HEXADECIMAL = 16;

    private final BpfMap outer;
    private final PinDirectory pins;
    private final KernelWrites writes;

    /** Those that packets find, by number. */
    private final NavigableMap<Integer, BpfMap> pages = new TreeMap<>();

    /** One page, mapped into the process until it is closed. */
    final class Page implements AutoCloseable {

        private final int number;
        private final BpfMapMemory memory;

        private Page(int number, BpfMap map) {
            this.number = number;
            this.memory = map.memory();
        }

        /** The real index of an id of this page; 0 = none. */
        int get(int id) {
            return Short.toUnsignedInt(memory.getShortAcquire(offset(id)));
        }

        /** Lets packets with an id of this page go to a real; 0 = to none. */
        void put(int id, int realIndex) {
            writes.halfWord(memory, offset(id), (short) realIndex);
        }

        private long offset(int id) {
            if (pageOf(id) != number) {
                throw new IllegalArgumentException("Server id " + id + " is not in page " + number);
            }
            return (long) (id % ServerIds.PER_PAGE) * Short.BYTES;
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    /** Opens the pages that are pinned and that packets find. */
    ServerIdTable(BpfMap outer, PinDirectory pins, KernelWrites writes) {
        this.outer = outer;
        this.pins = pins;
        this.writes = writes;
        for (String name : pins.names()) {
            if (name.startsWith(PIN_PREFIX)) {
                open(Integer.parseInt(name.substring(PIN_PREFIX.length()), HEXADECIMAL));
            }
        }
    }

    /** The page in which an id lies. */
    static int pageOf(int id) {
        if (id < 1 || id > ServerIds.LAST) {
            throw new IllegalArgumentException("Server ids are 1 to " + ServerIds.LAST + ", not " + id);
        }
        return id / ServerIds.PER_PAGE;
    }

    /** Numbers of the pages that exist. */
    synchronized BitSet pages() {
        BitSet numbers = new BitSet();
        pages.keySet().forEach(numbers::set);
        return numbers;
    }

    private synchronized boolean has(ServerId id) {
        return pages.containsKey(pageOf(id.number()));
    }

    /** Kernel memory of the pages that exist. */
    synchronized long bytes() {
        return (long) pages.size() * ServerIds.PAGE_SIZE;
    }

    /** Makes pages where there are none yet; packets find no id in them. Takes a grace period of the kernel if there is one to be made. */
    synchronized void prepare(BitSet wanted) {
        BitSet missing = (BitSet) wanted.clone();
        missing.andNot(pages());
        int begin = missing.nextSetBit(0);
        while (begin >= 0) {
            int end = missing.nextClearBit(begin);
            prepare(begin, end);
            begin = missing.nextSetBit(end);
        }
    }

    /** A page that exists. */
    synchronized Page page(int number) {
        BpfMap map = pages.get(number);
        if (map == null) {
            throw new IllegalStateException("There is no page " + number + " of server ids");
        }
        return new Page(number, map);
    }

    /** The real index of an id; 0 = none. */
    synchronized int get(int id) {
        if (!pages.containsKey(pageOf(id))) {
            return 0;
        }
        try (Page page = page(pageOf(id))) {
            return page.get(id);
        }
    }

    @Override
    public synchronized BulkSet<ServerId> read(RealRows reals) {
        BulkLoad<ServerId> found = new BulkLoad<>(BulkKind.SERVER_IDS);
        for (int number : pages.keySet()) {
            try (Page page = page(number)) {
                int first = Math.max(1, number * ServerIds.PER_PAGE);
                int last = Math.min(ServerIds.LAST, (number + 1) * ServerIds.PER_PAGE - 1);
                for (int id = first; id <= last; id++) {
                    int index = page.get(id);
                    if (index != 0) {
                        PackedKey key = BulkKind.SERVER_IDS.pack(new ServerId(id));
                        reals.known(index).ifPresent(real -> found.add(key, real));
                    }
                }
            }
        }
        return found.finish();
    }

    @Override
    public StagedBulk stage(PlanStep.ChangeBulk change, Map<Address, RealImage> reals, List<StagedBulk> earlier) {
        BitSet wanted = new BitSet();
        differences(change, (id, was, is) -> {
            if (is != null) {
                wanted.set(pageOf(id.number()));
            }
        });
        prepare(wanted);
        return new Stores(change, reals);
    }

    @SuppressWarnings("unchecked") // the step is one of this kind
    private static void differences(PlanStep.ChangeBulk change, BulkSet.Visitor<ServerId> visitor) {
        ((BulkSet<ServerId>) change.before()).differences((BulkSet<ServerId>) change.after(), visitor);
    }

    /** Ids that change where packets find them, one after the other, whole pages at a time. */
    private final class Stores implements StagedBulk {
        private final PlanStep.ChangeBulk change;
        private final Map<Address, RealImage> reals;

        Stores(PlanStep.ChangeBulk change, Map<Address, RealImage> reals) {
            this.change = change;
            this.reals = reals;
        }

        @Override
        public void switchOver() {
            try (OpenPages open = new OpenPages()) {
                differences(change, (id, was, is) -> {
                    if (is != null || has(id)) {
                        open.of(id).put(id.number(), index(is));
                    }
                });
            }
        }

        @Override
        public String missing() {
            ServerId[] missing = new ServerId[1];
            try (OpenPages open = new OpenPages()) {
                differences(change, (id, was, is) -> {
                    int found = has(id) ? open.of(id).get(id.number()) : 0;
                    if (found != index(is)) {
                        missing[0] = id;
                    }
                });
            }
            return missing[0] == null ? "" : "server id " + missing[0];
        }

        private int index(@Nullable Address real) {
            return real == null ? 0 : RealImage.index(reals, real);
        }

        @Override
        public void abandon() {
            // Pages stay: they hold no id, and the next change may need them.
        }
    }

    /** The page that was asked for last stays open. */
    private final class OpenPages implements AutoCloseable {
        private @Nullable Page last;

        Page of(ServerId id) {
            Page page = last;
            if (page == null || page.number != pageOf(id.number())) {
                close();
                page = page(pageOf(id.number()));
                last = page;
            }
            return page;
        }

        @Override
        public void close() {
            if (last != null) {
                last.close();
                last = null;
            }
        }
    }

    private void prepare(int begin, int end) {
        List<BpfMap> made = new ArrayList<>();
        try {
            for (int number = begin; number < end; number++) {
                made.add(make(number));
            }
            writes.other(() -> outer.updateInners(begin, made));
        } catch (RuntimeException e) {
            made.forEach(BpfMap::close);
            throw e;
        }
        for (int number = begin; number < end; number++) {
            pages.put(number, made.get(number - begin));
        }
    }

    /** The pin comes first: a page that packets found and nobody could open would never be emptied. */
    private BpfMap make(int number) {
        BpfMap map = BpfMap.create(
                BpfMapSpec.array(PlaneMaps.SERVER_IDS, ServerIds.PAGE_SIZE, 1).withFlags(BpfMapFlags.MMAPABLE));
        try {
            writes.other(() -> {
                pins.remove(pinOf(number));
                map.pin(pins.pin(pinOf(number)));
            });
            return map;
        } catch (RuntimeException e) {
            map.close();
            throw e;
        }
    }

    private void open(int number) {
        MapShape shape = new MapShape(
                PlaneMaps.SERVER_IDS,
                BpfMapType.ARRAY,
                Integer.BYTES,
                ServerIds.PAGE_SIZE,
                1,
                BpfMapFlags.MMAPABLE,
                "");
        pins.openInner(pinOf(number), outer, number).ifPresent(map -> {
            if (shape.matches(map.info())) {
                pages.put(number, map);
            } else {
                map.close();
            }
        });
    }

    private static String pinOf(int number) {
        return PIN_PREFIX + String.format("%02x", number);
    }

    /** Lets go of the pages; packets go on finding them. */
    @Override
    public synchronized void close() {
        pages.values().forEach(BpfMap::close);
        pages.clear();
    }
}

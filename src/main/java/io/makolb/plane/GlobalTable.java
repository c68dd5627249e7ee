package io.makolb.plane;

import io.makolb.libbpf.BpfMapMemory;
import io.makolb.model.Address;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.MapLayout.Flow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Fills the global connection table: {@code bpf/global_table.h} seen from the other side. Packets read it all the while, so an entry
 * appears with one store of its last word, when its key is there already. For one thread at a time.
 */
final class GlobalTable implements ConnectionLoad.Receiver {

    private final BpfMapMemory memory;
    private final KernelWrites writes;
    private final PlaneImage image;
    private final long secret;
    private final long sets;
    private final boolean dry;
    private final StampClock clock = StampClock.now();

    private int accepted;
    private int changed;
    private int unknownVip;
    private int unknownReal;
    private int notAsked;
    private int prefix;

    /**
     * All but the last word of an entry, and the VIP.
     *
     * @param destination 0 where the VIP has only one address
     */
    private record Key(WireAddress client, WireAddress destination, long ports, int vip) {

        private static final WireAddress THE_ONLY_ONE = new WireAddress(0, 0);

        static Key of(Address client, int clientPort, int port, VipImage vip, Optional<Address> destination) {
            return new Key(
                    WireAddress.ofReal(client),
                    vip.id().isHost()
                            ? THE_ONLY_ONE
                            : destination.map(WireAddress::ofReal).orElse(THE_ONLY_ONE),
                    Integer.toUnsignedLong(raw(clientPort) | raw(port) << 16),
                    vip.number());
        }

        private static int raw(int port) {
            return Short.toUnsignedInt(Short.reverseBytes((short) port));
        }

        /** As {@code flow_hash_v6} of bpf/hash.h, which begins with {@code hash_destination}. */
        long hash(long secret) {
            long odd = secret | 1;
            long hash = 0;
            for (WireAddress address : List.of(destination, client)) {
                hash = (hash ^ address.first()) * odd;
                hash ^= hash >>> 32;
                hash = (hash ^ address.second()) * odd;
                hash ^= hash >>> 32;
            }
            hash = (hash ^ ((long) vip << 32 | ports)) * odd;
            hash ^= hash >>> 32;
            hash *= TwoChoicePlacement.MIX_2;
            return hash ^ hash >>> 29;
        }
    }

    /**
     * The table, for one import.
     *
     * @param image what is in force, and stays so while this works
     * @param dry whether nothing is to be stored
     */
    GlobalTable(BpfMapMemory memory, long secret, PlaneImage image, KernelWrites writes, boolean dry) {
        this.memory = memory;
        this.secret = secret;
        this.image = image;
        this.writes = writes;
        this.dry = dry;
        this.sets = memory.size() / Flow.SET_TO_SIZE;
    }

    Imported enter(ConnectionLoad load) {
        load.forEach(this);
        return new Imported(accepted, changed, unknownVip, unknownReal, notAsked, prefix);
    }

    @Override
    public void take(
            VipId id,
            Address address,
            Optional<Address> destination,
            Address client,
            int clientPort,
            int port,
            Optional<Duration> silent) {
        VipImage vip = image.vips().get(id);
        RealImage real = image.reals().get(address);
        if (vip == null) {
            unknownVip++;
        } else if (real == null) {
            unknownReal++;
        } else if ((vip.flags() & VipFlag.GLOBAL_LRU.bit()) == 0) {
            notAsked++;
        } else if (!id.isHost() && destination.isEmpty()) {
            prefix++;
        } else {
            accepted++;
            Key key = Key.of(client, clientPort, port, vip, destination);
            changed += enter(key, real.index(), clock.stamp(silent)) ? 1 : 0;
        }
    }

    /** Whether it was not there, or led to another real. */
    private boolean enter(Key key, int real, int stamp) {
        long hash = key.hash(secret);
        long first = set(hash & 0xffffffffL);
        long second = set(hash >>> 32);
        long tail = Integer.toUnsignedLong(stamp) << 32 | (long) real << 16 | key.vip();
        long place = find(first, key);
        if (place < 0 && empty(first) < 0) {
            place = find(second, key);
        }
        if (place >= 0) {
            long word = word(place);
            if ((int) word >>> 16 == real) {
                return false;
            }
            // Whoever purges it meanwhile has the last word.
            return dry || writes.compareAndSet(memory, place + Flow.TO_TAIL, word, tail);
        }
        if (!dry) {
            write(free(first, second), key, tail);
        }
        return true;
    }

    /** An empty place, else one of a purged connection, else that of the one that was silent longest. */
    private long free(long first, long second) {
        long empty = empty(first);
        if (empty < 0) {
            empty = empty(second);
        }
        if (empty >= 0) {
            return empty;
        }
        long oldest = first;
        for (int way = 1; way < 2 * Flow.WAYS; way++) {
            long candidate = (way < Flow.WAYS ? first : second) + (long) way % Flow.WAYS * Flow.TO_SIZE;
            if (clock.isOlder(word(candidate), word(oldest))) {
                oldest = candidate;
            }
        }
        return oldest;
    }

    /** Nobody finds what is being replaced while it is half of this and half of that. */
    private void write(long place, Key key, long tail) {
        long word = word(place);
        if (FlowEntry.isConnection(word)) {
            writes.word(memory, place + Flow.TO_TAIL, FlowEntry.tombstone(word));
        }
        put(place, key.client());
        put(place + Flow.TO_DST, key.destination());
        writes.word(memory, place + Flow.TO_PORTS, key.ports());
        writes.word(memory, place + Flow.TO_TAIL, tail);
    }

    private void put(long at, WireAddress address) {
        writes.word(memory, at, address.first());
        writes.word(memory, at + Long.BYTES, address.second());
    }

    private boolean holds(long at, WireAddress address) {
        return memory.getLongAcquire(at) == address.first()
                && memory.getLongAcquire(at + Long.BYTES) == address.second();
    }

    private long set(long half) {
        return (half * sets >>> 32) * Flow.SET_TO_SIZE;
    }

    private long word(long place) {
        return memory.getLongAcquire(place + Flow.TO_TAIL);
    }

    private long find(long set, Key key) {
        for (long place = set; place < set + Flow.SET_TO_SIZE; place += Flow.TO_SIZE) {
            long word = word(place);
            if (FlowEntry.isConnection(word)
                    && (word & 0xffff) == key.vip()
                    && holds(place, key.client())
                    && holds(place + Flow.TO_DST, key.destination())
                    && memory.getLongAcquire(place + Flow.TO_PORTS) == key.ports()) {
                return place;
            }
        }
        return -1;
    }

    private long empty(long set) {
        for (long place = set; place < set + Flow.SET_TO_SIZE; place += Flow.TO_SIZE) {
            if (word(place) == 0) {
                return place;
            }
        }
        return -1;
    }
}

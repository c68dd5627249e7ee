package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Connections that are to be imported, as they come: packed, because there may be millions. For one thread. */
public final class ConnectionLoad {

    /** Nobody knows for how long it was silent. */
    private static final long UNKNOWN = -1;

    private static final int WORDS = 7;
    private static final int HIGH = 0;
    private static final int LOW = 1;
    private static final int PORTS = 2;
    private static final int OWNERS = 3;
    private static final int SILENT = 4;
    private static final int TO_HIGH = 5;
    private static final int TO_LOW = 6;

    /** Above both ports: whether the connection says where it goes to. */
    private static final long SAYS_DESTINATION = 1L << 32;

    private final List<VipId> vips = new ArrayList<>();
    private final List<Address> reals = new ArrayList<>();
    private final Map<VipId, Integer> vipNumbers = new HashMap<>();
    private final Map<Address, Integer> realNumbers = new HashMap<>();
    private long[] words = new long[1024 * WORDS];
    private int size;

    /** Receives what was added. */
    interface Receiver {

        /**
         * Takes one connection.
         *
         * @param destination the address of the VIP that it goes to; absent: nobody said
         * @param silent for how long; absent: nobody knows
         */
        void take(
                VipId vip,
                Address real,
                Optional<Address> destination,
                Address client,
                int clientPort,
                int port,
                Optional<Duration> silent);
    }

    /**
     * Adds one. Its client is of the family of its VIP.
     *
     * @param destination the address that it goes to, of those that the VIP has; absent: nobody said
     */
    public void add(
            VipId vip,
            Address real,
            Optional<Address> destination,
            Address client,
            int clientPort,
            int port,
            Optional<Duration> silent) {
        int at = size * WORDS;
        if (at == words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        words[at + HIGH] = client.high();
        words[at + LOW] = client.low();
        words[at + PORTS] = (long) clientPort << 16 | port | (destination.isPresent() ? SAYS_DESTINATION : 0);
        words[at + TO_HIGH] = destination.map(Address::high).orElse(0L);
        words[at + TO_LOW] = destination.map(Address::low).orElse(0L);
        words[at + OWNERS] = (long) number(vip, vips, vipNumbers) << 32 | number(real, reals, realNumbers);
        words[at + SILENT] = silent.map(Duration::toMillis).orElse(UNKNOWN);
        size++;
    }

    /** How many were added. */
    public int size() {
        return size;
    }

    void forEach(Receiver receiver) {
        for (int at = 0; at < size * WORDS; at += WORDS) {
            VipId vip = vips.get((int) (words[at + OWNERS] >>> 32));
            receiver.take(
                    vip,
                    reals.get((int) words[at + OWNERS]),
                    (words[at + PORTS] & SAYS_DESTINATION) == 0
                            ? Optional.empty()
                            : Optional.of(new Address(vip.address().ipv6(), words[at + TO_HIGH], words[at + TO_LOW])),
                    new Address(vip.address().ipv6(), words[at + HIGH], words[at + LOW]),
                    (int) (words[at + PORTS] >>> 16) & 0xffff,
                    (int) words[at + PORTS] & 0xffff,
                    words[at + SILENT] == UNKNOWN
                            ? Optional.empty()
                            : Optional.of(Duration.ofMillis(words[at + SILENT])));
        }
    }

    private static <T> int number(T owner, List<T> owners, Map<T, Integer> numbers) {
        return numbers.computeIfAbsent(owner, missing -> {
            owners.add(missing);
            return owners.size() - 1;
        });
    }
}

package io.makolb.plane;

import io.makolb.model.VipId;
import io.makolb.plane.MapLayout.AddressSlot;
import io.makolb.plane.MapLayout.ServiceSlot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The two tables through which packets find their VIP: first whether an address belongs to any VIP, then which of them is
 * meant by port and protocol. One generation of them, encoded as packets read it (bpf/vip.h).
 */
final class VipTable {

    /** What a look-up answers when there is no such VIP. */
    static final int NO_VIP = -1;

    /** Different seeds, so that a bad luck in one table is not one in the other. */
    private static final long SEED_ADDRESS = 0;

    private static final long SEED_SERVICE = 1;

    private final int addressBuckets;
    private final int serviceBuckets;
    private final ByteBuffer addresses;
    private final ByteBuffer services;

    /** One generation, where it lies: in memory of the process or of the kernel. */
    VipTable(ByteBuffer addresses, ByteBuffer services) {
        this.addresses = addresses.order(ByteOrder.nativeOrder());
        this.services = services.order(ByteOrder.nativeOrder());
        this.addressBuckets = addresses.capacity() / AddressSlot.BUCKET_SIZE;
        this.serviceBuckets = services.capacity() / ServiceSlot.BUCKET_SIZE;
    }

    /** Replaces the whole content. No packet may read it meanwhile. */
    void write(Collection<VipImage> vips) {
        Map<WireAddress, Integer> ids = new LinkedHashMap<>();
        List<Long> keys = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (VipImage vip : vips) {
            int id = ids.computeIfAbsent(WireAddress.ofVip(vip.id().address()), address -> ids.size() + 1);
            keys.add(key(id, vip.id().port(), vip.id().protocol().number()));
            numbers.add(vip.number());
        }
        writeAddresses(ids);
        writeServices(keys, numbers);
    }

    /** The number of the VIP with exactly this identity, or {@link #NO_VIP}. */
    int find(VipId id) {
        int address = findAddress(WireAddress.ofVip(id.address()));
        return address == 0
                ? NO_VIP
                : findService(key(address, id.port(), id.protocol().number()));
    }

    /** Addresses that packets find here. */
    int addressCount() {
        return count(addresses, AddressSlot.SIZE, AddressSlot.ID);
    }

    /** Services that packets find here. */
    int serviceCount() {
        return count(services, ServiceSlot.SIZE, ServiceSlot.KEY + 4);
    }

    private static int count(ByteBuffer table, int slotSize, int idOffset) {
        int count = 0;
        for (int at = idOffset; at < table.capacity(); at += slotSize) {
            if (table.getInt(at) != 0) {
                count++;
            }
        }
        return count;
    }

    private void writeAddresses(Map<WireAddress, Integer> ids) {
        List<WireAddress> entries = List.copyOf(ids.keySet());
        long[] hashes = entries.stream().mapToLong(VipTable::hash).toArray();
        int[] slots = new TwoChoicePlacement(addressBuckets, AddressSlot.PER_BUCKET, hashes).place();
        clear(addresses);
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] != TwoChoicePlacement.EMPTY) {
                WireAddress address = entries.get(slots[slot]);
                int at = slot * AddressSlot.SIZE;
                addresses.putLong(at + AddressSlot.ADDR, address.first());
                addresses.putLong(at + AddressSlot.ADDR + Long.BYTES, address.second());
                addresses.putInt(at + AddressSlot.ID, slots[slot] + 1);
            }
        }
    }

    private void writeServices(List<Long> keys, List<Integer> numbers) {
        long[] hashes = keys.stream().mapToLong(VipTable::hash).toArray();
        int[] slots = new TwoChoicePlacement(serviceBuckets, ServiceSlot.PER_BUCKET, hashes).place();
        clear(services);
        for (int slot = 0; slot < slots.length; slot++) {
            if (slots[slot] != TwoChoicePlacement.EMPTY) {
                int at = slot * ServiceSlot.SIZE;
                services.putLong(at + ServiceSlot.KEY, keys.get(slots[slot]));
                services.putInt(at + ServiceSlot.VIP, numbers.get(slots[slot]));
            }
        }
    }

    private int findAddress(WireAddress wanted) {
        long hash = hash(wanted);
        int bucket = TwoChoicePlacement.firstBucket(hash, addressBuckets);
        int id = addressIn(bucket, wanted);
        return id != 0 || !isFull(addresses, bucket, AddressSlot.PER_BUCKET, AddressSlot.SIZE, AddressSlot.ID)
                ? id
                : addressIn(TwoChoicePlacement.secondBucket(hash, addressBuckets), wanted);
    }

    private int addressIn(int bucket, WireAddress wanted) {
        for (int i = 0; i < AddressSlot.PER_BUCKET; i++) {
            int at = (bucket * AddressSlot.PER_BUCKET + i) * AddressSlot.SIZE;
            if (addresses.getLong(at + AddressSlot.ADDR) == wanted.first()
                    && addresses.getLong(at + AddressSlot.ADDR + Long.BYTES) == wanted.second()) {
                return addresses.getInt(at + AddressSlot.ID);
            }
        }
        return 0;
    }

    private int findService(long key) {
        long hash = hash(key);
        int bucket = TwoChoicePlacement.firstBucket(hash, serviceBuckets);
        int number = serviceIn(bucket, key);
        return number != NO_VIP
                        || !isFull(services, bucket, ServiceSlot.PER_BUCKET, ServiceSlot.SIZE, ServiceSlot.KEY + 4)
                ? number
                : serviceIn(TwoChoicePlacement.secondBucket(hash, serviceBuckets), key);
    }

    private int serviceIn(int bucket, long key) {
        for (int i = 0; i < ServiceSlot.PER_BUCKET; i++) {
            int at = (bucket * ServiceSlot.PER_BUCKET + i) * ServiceSlot.SIZE;
            if (services.getLong(at + ServiceSlot.KEY) == key) {
                return services.getInt(at + ServiceSlot.VIP);
            }
        }
        return NO_VIP;
    }

    /** Whether the word at this place, an address id, is set in every slot of a bucket. */
    private static boolean isFull(ByteBuffer table, int bucket, int perBucket, int slotSize, int idOffset) {
        for (int i = 0; i < perBucket; i++) {
            if (table.getInt((bucket * perBucket + i) * slotSize + idOffset) == 0) {
                return false;
            }
        }
        return true;
    }

    private static void clear(ByteBuffer table) {
        for (int at = 0; at < table.capacity(); at += Long.BYTES) {
            table.putLong(at, 0);
        }
    }

    private static long key(int address, int port, int protocol) {
        long rawPort = Short.toUnsignedLong(Short.reverseBytes((short) port));
        return (long) address << 32 | rawPort << 16 | protocol;
    }

    private static long hash(WireAddress address) {
        return TwoChoicePlacement.mix(address.first(), address.second(), SEED_ADDRESS);
    }

    private static long hash(long key) {
        return TwoChoicePlacement.mix(key, key >>> 32, SEED_SERVICE);
    }
}

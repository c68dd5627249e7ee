package io.makolb.plane;

import io.makolb.libbpf.BpfMapMemory;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import io.makolb.plane.MapLayout.VipRow;

/** VIPs by their numbers. */
final class VipRows {

    private static final int IPV4_PREFIX_OFFSET = 96;

    private final BpfMapMemory memory;
    private final KernelWrites writes;

    VipRows(BpfMapMemory memory, KernelWrites writes) {
        this.memory = memory;
        this.writes = writes;
    }

    int count() {
        return (int) (memory.size() / VipRow.SIZE);
    }

    /** Everything but the word that packets read; meaningless to packets. */
    void describe(VipImage vip, long ringDigest) {
        long row = row(vip.number());
        WireAddress address = WireAddress.ofVip(vip.id().address());
        writes.word(memory, row + VipRow.ADDR, address.first());
        writes.word(memory, row + VipRow.ADDR + Long.BYTES, address.second());
        writes.word(memory, row + VipRow.RING_RECIPE, vip.ringRecipe());
        writes.word(memory, row + VipRow.RING_DIGEST, ringDigest);
        writes.word(memory, row + VipRow.PORT, identity(vip));
    }

    /** Ring, flags, what happens without a ring and whether reals are down become visible to packets together. */
    void obey(VipImage vip, int ring) {
        long onEmpty = vip.onEmpty() == OnEmpty.PASS ? MapLayout.ON_EMPTY_PASS : MapLayout.ON_EMPTY_DROP;
        long down = vip.downReals().isEmpty() ? 0 : 1;
        int flags = vip.flags() | (vip.id().isHost() ? 0 : MapLayout.VIP_PREFIX);
        long word = Integer.toUnsignedLong(ring) | (long) flags << 32 | onEmpty << 48 | down << 56;
        writes.word(memory, row(vip.number()) + VipRow.WORD, word);
    }

    /** The number keeps its old owner, but its packets do not come here any more. */
    void retire(int number) {
        long at = row(number) + VipRow.PORT;
        int shift = 8 * (VipRow.STATE - VipRow.PORT);
        long identity = memory.getLongAcquire(at);
        writes.word(memory, at, (identity & ~(0xffL << shift)) | (long) MapLayout.STATE_RETIRED << shift);
    }

    /** The number has no owner any more. */
    void free(int number) {
        for (int at = 0; at < VipRow.SIZE; at += Long.BYTES) {
            writes.word(memory, row(number) + at, 0L);
        }
    }

    /** The slot of the ring that packets of this VIP use now; 0 = none. */
    int ring(int number) {
        return memory.getIntAcquire(row(number) + VipRow.WORD);
    }

    long ringRecipe(int number) {
        return memory.getLongAcquire(row(number) + VipRow.RING_RECIPE);
    }

    long ringDigest(int number) {
        return memory.getLongAcquire(row(number) + VipRow.RING_DIGEST);
    }

    byte state(int number) {
        return memory.slice(row(number), VipRow.SIZE).get(VipRow.STATE);
    }

    /** Its own flags as packets see them. */
    int flags(int number) {
        return wordFlags(number) & ~MapLayout.VIP_PREFIX;
    }

    /** Whether packets see in its flags what it is, a prefix or not: connections are remembered accordingly. */
    boolean tellsPrefix(int number) {
        return (wordFlags(number) & MapLayout.VIP_PREFIX) != 0 == !id(number).isHost();
    }

    private int wordFlags(int number) {
        return (int) (memory.getLongAcquire(row(number) + VipRow.WORD) >>> 32) & 0xffff;
    }

    /** Whether packets look for reals that are down. */
    boolean hasDownReals(int number) {
        return memory.getLongAcquire(row(number) + VipRow.WORD) >>> 56 != 0;
    }

    HashFunction hashFunction(int number) {
        return HashFunction.values()[get(number, VipRow.HASH_FUNCTION) % HashFunction.values().length];
    }

    /** What packets see, told apart where they cannot: KEEP is DROP to them. */
    OnEmpty onEmpty(int number) {
        boolean pass = (memory.getLongAcquire(row(number) + VipRow.WORD) >>> 48 & 0xff) == MapLayout.ON_EMPTY_PASS;
        boolean keep = get(number, VipRow.ON_EMPTY) == OnEmpty.KEEP.ordinal();
        if (pass) {
            return OnEmpty.PASS;
        }
        return keep ? OnEmpty.KEEP : OnEmpty.DROP;
    }

    /** Whose number this is or was; meaningless for a number that is free. */
    VipId id(int number) {
        long row = row(number);
        WireAddress address = new WireAddress(
                memory.getLongAcquire(row + VipRow.ADDR), memory.getLongAcquire(row + VipRow.ADDR + Long.BYTES));
        var vip = address.toVip();
        int prefix = get(number, VipRow.PREFIX_LENGTH) - (vip.ipv6() ? 0 : IPV4_PREFIX_OFFSET);
        int port = get(number, VipRow.PORT) << 8 | get(number, VipRow.PORT + 1);
        Protocol protocol = get(number, VipRow.PROTOCOL) == Protocol.UDP.number() ? Protocol.UDP : Protocol.TCP;
        return new VipId(vip, prefix, port, protocol);
    }

    private int get(int number, int field) {
        return memory.slice(row(number), VipRow.SIZE).get(field) & 0xff;
    }

    private static long identity(VipImage vip) {
        VipId id = vip.id();
        long rawPort = Short.toUnsignedLong(Short.reverseBytes((short) id.port()));
        long prefix = (long) id.prefixLength() + (id.address().ipv6() ? 0 : IPV4_PREFIX_OFFSET);
        return rawPort
                | (long) id.protocol().number() << field(VipRow.PROTOCOL)
                | prefix << field(VipRow.PREFIX_LENGTH)
                | (long) MapLayout.STATE_LIVE << field(VipRow.STATE)
                | (long) vip.hashFunction().ordinal() << field(VipRow.HASH_FUNCTION)
                | (long) vip.onEmpty().ordinal() << field(VipRow.ON_EMPTY);
    }

    private static int field(int offset) {
        return 8 * (offset - VipRow.PORT);
    }

    private static long row(int number) {
        return (long) number * VipRow.SIZE;
    }
}

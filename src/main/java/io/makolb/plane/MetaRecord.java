package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.plane.MapLayout.Meta;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/** What the plane says of itself. */
final class MetaRecord {

    private static final int DIGEST_BYTES = 32;
    private static final UUID NOBODY = new UUID(0, 0);

    private final BpfMap map;
    private final KernelWrites writes;

    MetaRecord(BpfMap map, KernelWrites writes) {
        this.map = map;
        this.writes = writes;
    }

    /** Describes a plane that was just created and is nobody's. */
    void create(byte[] settingsDigest, Instant now) {
        ByteBuffer record = ByteBuffer.allocate(Meta.SIZE).order(ByteOrder.nativeOrder());
        record.putLong(Meta.MAGIC, MapLayout.MAGIC);
        record.putInt(Meta.LAYOUT_VERSION, MapLayout.VERSION);
        record.put(Meta.SETTINGS_DIGEST, settingsDigest);
        record.putLong(Meta.CREATED_AT, now.getEpochSecond());
        writes.update(map, 0, record);
    }

    /** Whether this is a plane at all. */
    boolean hasMagic() {
        return load().getLong(Meta.MAGIC) == MapLayout.MAGIC;
    }

    int layoutVersion() {
        return load().getInt(Meta.LAYOUT_VERSION);
    }

    /** Whether the program that runs is the one with this digest; see {@link ProgramSource#digestField()}. */
    boolean isDigest(int field, byte[] digest) {
        byte[] present = new byte[DIGEST_BYTES];
        load().get(field, present);
        return Arrays.equals(present, digest);
    }

    void putDigest(int field, byte[] digest) {
        if (!isDigest(field, digest)) {
            ByteBuffer record = load();
            record.put(field, digest);
            writes.update(map, 0, record);
        }
    }

    /** Whose plane it is; absent: nobody's. */
    Optional<PlaneMeta> meta() {
        ByteBuffer record = load();
        UUID storeId = storeId(record);
        return storeId.equals(NOBODY)
                ? Optional.empty()
                : Optional.of(new PlaneMeta(
                        storeId,
                        record.getLong(Meta.APPLIED_REVISION),
                        Instant.ofEpochSecond(record.getLong(Meta.CREATED_AT))));
    }

    void claim(UUID storeId, long revision) {
        ByteBuffer record = load();
        if (storeId.equals(storeId(record)) && record.getLong(Meta.APPLIED_REVISION) == revision) {
            return;
        }
        record.order(ByteOrder.BIG_ENDIAN)
                .putLong(Meta.STORE_ID, storeId.getMostSignificantBits())
                .putLong(Meta.STORE_ID + Long.BYTES, storeId.getLeastSignificantBits())
                .order(ByteOrder.nativeOrder())
                .putLong(Meta.APPLIED_REVISION, revision);
        writes.update(map, 0, record);
    }

    void putRevision(long revision) {
        ByteBuffer record = load();
        if (record.getLong(Meta.APPLIED_REVISION) != revision) {
            record.putLong(Meta.APPLIED_REVISION, revision);
            writes.update(map, 0, record);
        }
    }

    /** A UUID is kept in network byte order (RFC 9562 section 4), as tools print it. */
    private static UUID storeId(ByteBuffer record) {
        ByteBuffer id = record.slice(Meta.STORE_ID, 2 * Long.BYTES).order(ByteOrder.BIG_ENDIAN);
        return new UUID(id.getLong(0), id.getLong(Long.BYTES));
    }

    private ByteBuffer load() {
        ByteBuffer record = ByteBuffer.allocate(Meta.SIZE).order(ByteOrder.nativeOrder());
        map.lookup(0, record);
        return record;
    }
}

package io.makolb.store;

import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.PackedChunk;
import io.makolb.model.PackedKey;
import io.makolb.model.PackedTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads and writes the rows of large tables. */
final class ChunkRows {

    private static final String REALS = "reals";
    private static final String TAGS = "tags";

    private ChunkRows() {}

    /** One row that must be written, or, without a body, go. */
    record Row(String part, byte[] first, byte[] body) {
        static final byte[] GONE = {};
    }

    /** What must be written so that rows of one content become rows of another. */
    static List<Row> between(Contents before, Contents after) {
        List<Row> rows = new ArrayList<>();
        between(REALS, before.reals(), after.reals(), ChunkBytes::ofReals, rows);
        between(TAGS, before.tags(), after.tags(), ChunkBytes::ofTags, rows);
        return rows;
    }

    /** How many rows that are. */
    static int count(Contents before, Contents after) {
        List<Row> rows = new ArrayList<>();
        between(REALS, before.reals(), after.reals(), chunk -> Row.GONE, rows);
        between(TAGS, before.tags(), after.tags(), chunk -> Row.GONE, rows);
        return rows.size();
    }

    /**
     * What the rows of a generation say.
     *
     * @param reals where each key leads
     * @param tags revisions of those that were not changed together with most
     */
    record Contents(PackedTable<Address> reals, PackedTable<Long> tags) {
        static final Contents NONE = new Contents(PackedTable.empty(), PackedTable.empty());
    }

    @SuppressWarnings("ReferenceEquality") // chunks that are one object need not be written again
    private static <V> void between(
            String part,
            PackedTable<V> before,
            PackedTable<V> after,
            Function<PackedChunk<V>, byte[]> body,
            List<Row> rows) {
        List<PackedChunk<V>> were = before.chunks();
        List<PackedChunk<V>> are = after.chunks();
        int w = 0;
        int a = 0;
        while (w < were.size() || a < are.size()) {
            int order = w == were.size()
                    ? 1
                    : a == are.size()
                            ? -1
                            : were.get(w).key(0).compareTo(are.get(a).key(0));
            if (order < 0) {
                rows.add(new Row(part, first(were.get(w)), Row.GONE));
            } else if (order > 0 || were.get(w) != are.get(a)) {
                rows.add(new Row(part, first(are.get(a)), body.apply(are.get(a))));
            }
            w += order <= 0 ? 1 : 0;
            a += order >= 0 ? 1 : 0;
        }
    }

    /** The first key identifies a chunk. Keys of another width may begin alike, so the width stands in front. */
    private static byte[] first(PackedChunk<?> chunk) {
        PackedKey key = chunk.key(0);
        byte[] first = new byte[key.width() + 1];
        first[0] = (byte) key.width();
        System.arraycopy(key.bytes(), key.at(), first, 1, key.width());
        return first;
    }

    static void write(Connection to, BulkKind<?> kind, long generation, List<Row> rows) throws SQLException {
        try (PreparedStatement put = to.prepareStatement("replace into chunk values (?, ?, ?, ?, ?)");
                PreparedStatement delete = to.prepareStatement(
                        "delete from chunk where kind = ? and generation = ? and part = ? and first = ?")) {
            for (Row row : rows) {
                boolean gone = row.body().length == 0;
                PreparedStatement statement = gone ? delete : put;
                statement.setString(1, kind.path());
                statement.setLong(2, generation);
                statement.setString(3, row.part());
                statement.setBytes(4, row.first());
                if (!gone) {
                    statement.setBytes(5, row.body());
                }
                statement.executeUpdate();
            }
        }
    }

    /** Rows come in the order of their first keys, which is that of the table. */
    static Contents read(Connection from, BulkKind<?> kind, long generation) throws SQLException {
        Map<Address, Address> reals = new HashMap<>();
        Map<Long, Long> tags = new HashMap<>();
        return new Contents(
                PackedTable.of(read(from, kind, generation, REALS, body -> ChunkBytes.reals(body, reals))),
                PackedTable.of(read(from, kind, generation, TAGS, body -> ChunkBytes.tags(body, tags))));
    }

    private static <V> List<PackedChunk<V>> read(
            Connection from, BulkKind<?> kind, long generation, String part, Function<byte[], PackedChunk<V>> decode)
            throws SQLException {
        List<PackedChunk<V>> chunks = new ArrayList<>();
        try (PreparedStatement select = from.prepareStatement(
                "select body from chunk where kind = ? and generation = ? and part = ? order by first")) {
            select.setString(1, kind.path());
            select.setLong(2, generation);
            select.setString(3, part);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    chunks.add(decode.apply(rows.getBytes(1)));
                }
            }
        }
        return chunks;
    }

    /**
     * Removes some rows of generations that nobody needs.
     *
     * @param needed those that somebody needs
     * @return whether there may be more
     */
    static boolean removeOthers(Connection from, BulkKind<?> kind, long[] needed, int limit) throws SQLException {
        String list = Arrays.toString(needed).replace('[', '(').replace(']', ')');
        try (PreparedStatement delete = from.prepareStatement(
                "delete from chunk where kind = ? and (generation, part, first) in (select generation, part, first from chunk"
                        + " where kind = ? and generation not in " + list + " limit ?)")) {
            delete.setString(1, kind.path());
            delete.setString(2, kind.path());
            delete.setInt(3, limit);
            return delete.executeUpdate() == limit;
        }
    }
}

package io.makolb.store;

import io.makolb.model.BulkKind;
import io.makolb.store.ChunkRows.Contents;
import io.makolb.store.ChunkRows.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What the store holds of large tables: which generation is in force, and what its rows say, so that a commit writes the chunks that
 * differ and no others. A table that differs in most of its chunks is prepared as another generation, in many short transactions.
 */
final class SqliteBulk {

    /** Chunks that a commit may have to write; more are prepared. */
    static final int SHORT = 256;

    /** No generation is being prepared. */
    static final long NONE = 0;

    /** Chunks of one transaction that prepares. */
    static final int PIECE = 128;

    /** A generation and what its rows say. */
    private record Written(long generation, Contents contents) {
        static final Written NONE = new Written(SqliteBulk.NONE, Contents.NONE);
    }

    private final Map<BulkKind<?>, Written> inForce = new HashMap<>();
    private final Map<BulkKind<?>, Written> prepared = new HashMap<>();

    /** What is in force once the transaction has reached the disk. */
    private final Map<BulkKind<?>, Written> committing = new HashMap<>();

    private long highest;

    /** Forgets everything, because the store is read anew. */
    void clear() {
        inForce.clear();
        prepared.clear();
        committing.clear();
        highest = 0;
    }

    /** The store says that this is in force. */
    void found(BulkKind<?> kind, long generation, Contents contents) {
        inForce.put(kind, new Written(generation, contents));
        highest = Math.max(highest, generation);
    }

    /** Whether a document should be prepared before it is committed. */
    boolean isLarge(Document.OfBulk document) {
        Contents wanted = contents(document);
        return ChunkRows.count(of(inForce, document).contents(), wanted) > SHORT
                && (preparing(document.kind()) == NONE
                        || ChunkRows.count(of(prepared, document).contents(), wanted) > SHORT);
    }

    /** Begins another generation, of which nothing is written yet. */
    long begin(BulkKind<?> kind) {
        highest++;
        prepared.put(kind, new Written(highest, Contents.NONE));
        return highest;
    }

    /** The generation being prepared, or {@link #NONE}. */
    long preparing(BulkKind<?> kind) {
        return prepared.getOrDefault(kind, Written.NONE).generation();
    }

    /** All rows of the generation being prepared are there. */
    void ready(Document.OfBulk document) {
        prepared.put(document.kind(), new Written(preparing(document.kind()), contents(document)));
    }

    /** Nobody needs what was prepared. */
    void forget(BulkKind<?> kind) {
        prepared.remove(kind);
    }

    /**
     * Writes what a document changes, on top of what is in force or was prepared.
     *
     * @return the generation that the document is in
     */
    long write(Connection to, Document.OfBulk document) throws SQLException {
        Contents wanted = contents(document);
        Written base = of(inForce, document);
        Written other = of(prepared, document);
        if (other.generation() != NONE
                && ChunkRows.count(other.contents(), wanted) < ChunkRows.count(base.contents(), wanted)) {
            base = other;
        }
        ChunkRows.write(to, document.kind(), base.generation(), ChunkRows.between(base.contents(), wanted));
        committing.put(document.kind(), new Written(base.generation(), wanted));
        return base.generation();
    }

    /** Rows that make a document, for a generation of its own. */
    static List<Row> rows(Document.OfBulk document) {
        return ChunkRows.between(Contents.NONE, contents(document));
    }

    /** What was written has reached the disk. */
    void committed() {
        committing.forEach((kind, written) -> {
            inForce.put(kind, written);
            if (prepared.getOrDefault(kind, Written.NONE).generation() == written.generation()) {
                prepared.remove(kind);
            }
        });
        committing.clear();
    }

    /** What was written is taken back. */
    void rolledBack() {
        committing.clear();
    }

    /** Generations that must stay. */
    long[] needed(BulkKind<?> kind) {
        return LongStream.of(inForce.getOrDefault(kind, Written.NONE).generation(), preparing(kind))
                .toArray();
    }

    private static Written of(Map<BulkKind<?>, Written> where, Document.OfBulk document) {
        return where.getOrDefault(document.kind(), Written.NONE);
    }

    private static Contents contents(Document.OfBulk document) {
        return new Contents(document.set().table(), document.tags().exceptions());
    }
}

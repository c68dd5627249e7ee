package io.makolb.store;

import io.makolb.model.Configuration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** Reads the history on connections of its own: in WAL mode neither does the writer wait for it, nor it for the writer. */
final class SqliteHistory {

    private static final String COLUMNS = "select number, at, author, message, diff from revision ";

    private final SqliteFile file;
    private final DocumentJson json;
    private final FormerJson formers;

    SqliteHistory(SqliteFile file, DocumentJson json, FormerJson formers) {
        this.file = file;
        this.json = json;
        this.formers = formers;
    }

    List<RevisionEntry> page(long before, int limit) {
        try (Connection reading = file.openForReading();
                PreparedStatement select =
                        reading.prepareStatement(COLUMNS + "where number < ? order by number desc limit ?")) {
            select.setLong(1, before);
            select.setInt(2, limit);
            List<RevisionEntry> entries = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(entry(rows));
                }
            }
            return entries;
        } catch (SQLException e) {
            throw SqliteErrors.unavailable(file.path(), "read", e);
        }
    }

    private RevisionEntry entry(ResultSet rows) throws SQLException {
        return new RevisionEntry(
                rows.getLong(1),
                Instant.parse(rows.getString(2)),
                rows.getString(3),
                rows.getString(4),
                json.readDiff(rows.getString(5)));
    }

    Past past(long number) {
        try (Connection reading = file.openForReading()) {
            SqliteTransaction.beginReading(reading);
            Optional<RevisionEntry> entry = entry(reading, number);
            return entry.isPresent() ? kept(reading, entry.get()) : missing(reading, number);
        } catch (SQLException e) {
            throw SqliteErrors.unavailable(file.path(), "read", e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new StoreFailure.StoreUnavailable(
                    "The history in the store " + file.path() + " is damaged: " + e.getMessage() + ".",
                    "Newer revisions may still be readable; the configuration in force is not concerned.",
                    e);
        }
    }

    private Optional<RevisionEntry> entry(Connection from, long number) throws SQLException {
        try (PreparedStatement select = from.prepareStatement(COLUMNS + "where number = ?")) {
            select.setLong(1, number);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(entry(rows)) : Optional.empty();
            }
        }
    }

    private static Past missing(Connection from, long number) throws SQLException {
        String sql = "select pruned, (select ifnull(min(number), 0) from revision),"
                + " (select ifnull(max(number), 0) from revision) from store";
        try (PreparedStatement select = from.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            boolean pruned = number > 0 && number <= rows.getLong(1);
            return pruned ? new Past.Pruned(rows.getLong(2)) : new Past.Unknown(rows.getLong(2), rows.getLong(3));
        }
    }

    /** Goes back from what the documents say now, taking back one revision after the other. */
    private Past.Kept kept(Connection from, RevisionEntry entry) throws SQLException {
        Rewind rewind = new Rewind(SqliteContents.readDocuments(from, json));
        Optional<Configuration> after = Optional.empty();
        String sql = "select number, undo from revision where number >= ? order by number desc";
        try (PreparedStatement select = from.prepareStatement(sql)) {
            select.setLong(1, entry.number());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (rows.getLong(1) == entry.number()) {
                        after = Optional.of(rewind.configuration());
                    }
                    String undo = rows.getString(2);
                    if (undo == null) {
                        return new Past.Kept(entry, Optional.empty(), after);
                    }
                    rewind.takeBack(formers.read(undo));
                }
            }
        }
        return new Past.Kept(entry, Optional.of(rewind.configuration()), after);
    }
}

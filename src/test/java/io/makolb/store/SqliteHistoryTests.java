package io.makolb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.Configuration;
import io.makolb.model.Counted;
import io.makolb.model.DecapDestination;
import io.makolb.model.DecapMode;
import io.makolb.model.Entries;
import io.makolb.model.EntryKind;
import io.makolb.model.HealthMark;
import io.makolb.model.Membership;
import io.makolb.model.RealAttributes;
import io.makolb.model.ResourceKey;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history in the file: what it answers, what is removed from it, and what it makes of files that are older than it. */
class SqliteHistoryTests {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final VipId WEB = VipId.parse("10.200.1.1-80-tcp");
    private static final Address REAL = Address.parse("10.0.0.1");

    @TempDir
    private Path directory;

    private @Nullable SqliteStore open;

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    private Path file() {
        return directory.resolve("mako.db");
    }

    private SqliteStore store(Retention retention) {
        close();
        SqliteStore store = new SqliteStore(file(), retention);
        store.load();
        open = store;
        return store;
    }

    private static RevisionEntry entry(long number, Instant at) {
        return new RevisionEntry(number, at, "alice", "", List.of());
    }

    private static void commit(SqliteStore store, long number, Instant at) {
        store.commit(
                new Commit(number - 1, List.of(), List.of(), List.of(new Step(entry(number, at), Former.NOTHING))));
    }

    private static List<Long> numbers(SqliteStore store) {
        return store.history(Long.MAX_VALUE, 10_000).stream()
                .map(RevisionEntry::number)
                .toList();
    }

    private static Document.OfVip web(int weight) {
        Membership member = new Membership(REAL, weight, AdminState.ENABLED);
        return new Document.OfVip(
                new VipEntry(Vip.of(WEB), new TreeMap<>(Map.of(REAL, member))),
                1,
                weight,
                Map.of(REAL, (long) weight),
                1,
                Map.of());
    }

    private static Configuration with(Document.OfVip web) {
        return Configuration.EMPTY.with(web.entry());
    }

    private static Former weightWas(int weight) {
        Membership member = new Membership(REAL, weight, AdminState.ENABLED);
        Former.OfVip vip = new Former.OfVip(Optional.empty(), Map.of(REAL, Optional.of(member)), Map.of());
        return new Former(Map.of(WEB, Optional.of(vip)), Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    private static Former webWasNot() {
        return new Former(Map.of(WEB, Optional.empty()), Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    @Test
    void revisionsOfOneCommitAreToldApart() {
        SqliteStore store = store(Retention.DEFAULT);
        List<Step> steps = List.of(
                new Step(entry(1, NOON), webWasNot()),
                new Step(entry(2, NOON), weightWas(1)),
                new Step(entry(3, NOON), weightWas(2)));

        store.commit(new Commit(0, List.of(web(3)), List.of(), steps));

        assertThat(store.past(3))
                .isEqualTo(new Past.Kept(entry(3, NOON), Optional.of(with(web(2))), Optional.of(with(web(3)))));
        assertThat(store.past(2))
                .isEqualTo(new Past.Kept(entry(2, NOON), Optional.of(with(web(1))), Optional.of(with(web(2)))));
        assertThat(store.past(1))
                .isEqualTo(new Past.Kept(entry(1, NOON), Optional.of(Configuration.EMPTY), Optional.of(with(web(1)))));
    }

    @Test
    void whatIsNotThereIsToldFromWhatWasPruned() {
        SqliteStore store = store(new Retention(2, 0));
        assertThat(store.past(1)).isEqualTo(new Past.Unknown(0, 0));
        for (int n = 1; n <= 5; n++) {
            commit(store, n, NOON);
        }

        assertThat(numbers(store)).containsExactly(5L, 4L);
        assertThat(store.past(3)).isEqualTo(new Past.Pruned(4));
        assertThat(store.past(0)).isEqualTo(new Past.Unknown(4, 5));
        assertThat(store.past(6)).isEqualTo(new Past.Unknown(4, 5));
        assertThat(store.past(4)).isInstanceOf(Past.Kept.class);
    }

    @Test
    void theOldestKeptRevisionIsStillWholeWithWhatItReplaced() {
        SqliteStore store = store(new Retention(1, 0));
        store.commit(new Commit(0, List.of(web(1)), List.of(), List.of(new Step(entry(1, NOON), webWasNot()))));
        store.commit(new Commit(1, List.of(web(2)), List.of(), List.of(new Step(entry(2, NOON), weightWas(1)))));

        assertThat(numbers(store)).containsExactly(2L);
        assertThat(store.past(2))
                .isEqualTo(new Past.Kept(entry(2, NOON), Optional.of(with(web(1))), Optional.of(with(web(2)))));
    }

    @Test
    void whatIsTooOldGoesAndTheNewestStays() {
        SqliteStore store = store(new Retention(100, 30));
        commit(store, 1, NOON);
        commit(store, 2, NOON.plus(Duration.ofDays(10)));
        commit(store, 3, NOON.plus(Duration.ofDays(31)));
        assertThat(numbers(store)).containsExactly(3L, 2L);

        commit(store, 4, NOON.plus(Duration.ofDays(500)));
        assertThat(numbers(store)).containsExactly(4L);
    }

    @Test
    void aSmallerLimitIsReachedInPieces() {
        SqliteStore store = store(Retention.DEFAULT);
        for (int n = 1; n <= 200; n++) {
            commit(store, n, NOON);
        }
        store = store(new Retention(10, 0));

        commit(store, 201, NOON);
        assertThat(numbers(store)).hasSize(136);
        for (int n = 202; n <= 204; n++) {
            commit(store, n, NOON);
        }

        assertThat(numbers(store)).hasSize(10).startsWith(204L);
    }

    @Test
    void largeRevisionsAreRemovedOneAtATime() {
        SqliteStore store = store(Retention.DEFAULT);
        for (int n = 1; n <= 4; n++) {
            RevisionEntry large = new RevisionEntry(n, NOON, "alice", "", List.of("x".repeat(1 << 20)));
            store.commit(new Commit(n - 1, List.of(), List.of(), List.of(new Step(large, Former.NOTHING))));
        }
        store = store(new Retention(1, 0));

        commit(store, 5, NOON);
        assertThat(numbers(store)).containsExactly(5L, 4L, 3L, 2L);
    }

    @Test
    void aCommitThatFailsPrunesNothing() {
        SqliteStore store = store(new Retention(2, 0));
        commit(store, 1, NOON);
        commit(store, 2, NOON);
        Step broken = new Step(entry(9, NOON), Former.NOTHING);

        assertThatThrownBy(() -> store.commit(new Commit(1, List.of(), List.of(), List.of(broken))))
                .isInstanceOf(StoreFailure.StaleRevision.class);

        assertThat(numbers(store)).containsExactly(2L, 1L);
        commit(store, 3, NOON);
        assertThat(numbers(store)).containsExactly(3L, 2L);
    }

    @Test
    void anOldFileIsMigratedAndItsHistoryBeginsThere() throws SQLException, IOException {
        createWithFirstSchema();
        SqliteStore store = store(Retention.DEFAULT);

        assertThat(store.load().revision()).isEqualTo(2);
        assertThat(numbers(store)).containsExactly(2L, 1L);
        store.commit(new Commit(
                2,
                List.of(),
                List.of(new ResourceKey.OfReal(REAL)),
                List.of(new Step(
                        entry(3, NOON),
                        new Former(
                                Map.of(),
                                Map.of(REAL, new RealAttributes(true)),
                                Map.of(),
                                Map.of(),
                                Optional.empty())))));

        Configuration local = Configuration.EMPTY
                .edit()
                .reals(new TreeMap<>(Map.of(REAL, new RealAttributes(true))))
                .done();
        assertThat(store.past(3))
                .isEqualTo(new Past.Kept(entry(3, NOON), Optional.of(local), Optional.of(Configuration.EMPTY)));
        RevisionEntry second = new RevisionEntry(2, NOON, "bob", "why", List.of("~ reals/" + REAL));
        assertThat(store.past(2)).isEqualTo(new Past.Kept(second, Optional.empty(), Optional.of(local)));
        assertThat(store.past(1))
                .isInstanceOfSatisfying(
                        Past.Kept.class, kept -> assertThat(kept.after()).isEmpty());
    }

    @Test
    void healthChecksOfAnOldFileAreEntriesAndSoIsTheirHistory() throws SQLException, IOException {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = old.createStatement()) {
            run("001-documents.sql", statement);
            run("002-history.sql", statement);
            statement.executeUpdate("pragma user_version = 2");
            statement.executeUpdate("insert into store values (1, 'b2f5ff47-4367-4a29-8f24-0dbd14bf1b1f', 3, 0)");
            statement.executeUpdate(
                    "insert into document values ('healthcheck-mark', '7', 3, '{\"real\":\"10.0.0.1\"}')");
            statement.executeUpdate("insert into document values ('healthcheck-key', '10.200.1.1-80-tcp', 2, '{}')");
            insertRevision(statement, 1, "{\"healthcheckMarks\":{\"7\":null,\"8\":null}}");
            insertRevision(
                    statement, 2, "{\"healthcheckKeys\":{\"10.200.1.1-80-tcp\":false,\"10.200.1.2-53-udp\":true}}");
            insertRevision(
                    statement,
                    3,
                    "{\"entries\":{\"decap-destinations\":{\"10.0.0.9\":{\"mode\":\"EGRESS\"}}},"
                            + "\"healthcheckMarks\":{\"7\":\"10.0.0.2\",\"8\":\"10.0.0.3\"}}");
        }
        SqliteStore store = store(Retention.DEFAULT);

        Entries now = Entries.EMPTY
                .edit()
                .put(EntryKind.HEALTHCHECK_MARKS, new HealthMark(7), REAL)
                .put(EntryKind.HEALTHCHECK_KEYS, VipId.parse("10.200.1.1-80-tcp"), Counted.COUNTED)
                .freeze();
        Entries atTwo = now.edit()
                .put(EntryKind.HEALTHCHECK_MARKS, new HealthMark(7), Address.parse("10.0.0.2"))
                .put(EntryKind.HEALTHCHECK_MARKS, new HealthMark(8), Address.parse("10.0.0.3"))
                .put(EntryKind.DECAP_DESTINATIONS, Address.parse("10.0.0.9"), new DecapDestination(DecapMode.EGRESS))
                .freeze();
        Entries atOne = atTwo.edit()
                .replace(EntryKind.HEALTHCHECK_KEYS, Map.of(VipId.parse("10.200.1.2-53-udp"), Counted.COUNTED))
                .freeze();
        Entries atNone =
                atOne.edit().replace(EntryKind.HEALTHCHECK_MARKS, Map.of()).freeze();
        Loaded loaded = store.load();
        assertThat(loaded.configuration().entries()).isEqualTo(now);
        assertThat(loaded.tags())
                .containsEntry(new ResourceKey.OfEntry(EntryKind.HEALTHCHECK_MARKS, new HealthMark(7)), 3L);
        assertThat(store.past(3)).isInstanceOfSatisfying(Past.Kept.class, kept -> {
            assertThat(kept.after().orElseThrow().entries()).isEqualTo(now);
            assertThat(kept.before().orElseThrow().entries()).isEqualTo(atTwo);
        });
        assertThat(store.past(1)).isInstanceOfSatisfying(Past.Kept.class, kept -> {
            assertThat(kept.after().orElseThrow().entries()).isEqualTo(atOne);
            assertThat(kept.before().orElseThrow().entries()).isEqualTo(atNone);
        });
    }

    private static void insertRevision(Statement statement, int number, String undo) throws SQLException {
        statement.executeUpdate(
                "insert into revision values (" + number + ", '" + NOON + "', 'bob', '', '[]', '" + undo + "')");
    }

    private static void run(String name, Statement statement) throws SQLException, IOException {
        try (InputStream script = SqliteFile.class.getResourceAsStream(name)) {
            statement.executeUpdate(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** As a Mako wrote it that knew the first script alone. */
    private void createWithFirstSchema() throws SQLException, IOException {
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = old.createStatement()) {
            run("001-documents.sql", statement);
            statement.executeUpdate("pragma user_version = 1");
            statement.executeUpdate("insert into store values (1, 'b2f5ff47-4367-4a29-8f24-0dbd14bf1b1f', 2)");
            statement.executeUpdate("insert into document values ('real', '10.0.0.1', 2, '{\"local\":true}')");
            statement.executeUpdate("insert into revision values (1, '" + NOON + "', 'bob', '', '[]')");
            statement.executeUpdate(
                    "insert into revision values (2, '" + NOON + "', 'bob', 'why', '[\"~ reals/10.0.0.1\"]')");
        }
    }

    @Test
    void damageInTheHistoryIsNamed() throws SQLException {
        SqliteStore store = store(Retention.DEFAULT);
        commit(store, 1, NOON);
        try (Connection vandal = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = vandal.createStatement()) {
            statement.execute("update revision set undo = '{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":{}}}}'");
        }

        assertThatThrownBy(() -> store.past(1))
                .isInstanceOf(StoreFailure.StoreUnavailable.class)
                .hasMessageContaining("10.200.1.1-80-tcp");
    }

    @Test
    void aReaderDoesNotHoldUpTheWriter() throws SQLException {
        SqliteStore store = store(Retention.DEFAULT);
        commit(store, 1, NOON);
        try (Connection reader = new SqliteFile(file()).openForReading();
                Statement statement = reader.createStatement()) {
            SqliteTransaction.beginReading(reader);
            try (ResultSet rows = statement.executeQuery("select number from revision")) {
                assertThat(rows.next()).isTrue();

                commit(store, 2, NOON);
            }
        }

        assertThat(numbers(store)).containsExactly(2L, 1L);
    }
}

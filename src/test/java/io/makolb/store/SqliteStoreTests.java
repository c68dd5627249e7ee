package io.makolb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.AttachMode;
import io.makolb.model.Configuration;
import io.makolb.model.HashFunction;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.MacAddress;
import io.makolb.model.Membership;
import io.makolb.model.OnEmpty;
import io.makolb.model.RealAttributes;
import io.makolb.model.ResourceKey;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTests {

    private static final VipId WEB = VipId.parse("10.200.1.1-80-tcp");
    private static final Address REAL = Address.parse("fc00::1");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path path;
    private SqliteStore store;

    @BeforeEach
    void open() {
        path = directory.resolve("sub/mako.db");
        store = new SqliteStore(path, Retention.DEFAULT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static RevisionEntry entry(long number) {
        return new RevisionEntry(number, NOON, "alice", "because", List.of("+ vips/" + WEB));
    }

    private static Step revision(long number) {
        return new Step(entry(number), Former.NOTHING);
    }

    private static Document web(long tag) {
        Vip vip = new Vip(
                WEB,
                Set.of(VipFlag.NO_SPORT, VipFlag.NO_LRU),
                HashFunction.MAGLEV,
                OnEmpty.KEEP,
                "shop, \"front\"",
                new TreeMap<>(Map.of("env", "prod")));
        Membership member = new Membership(REAL, 7, AdminState.DISABLED);
        return new Document.OfVip(
                new VipEntry(vip, new TreeMap<>(Map.of(REAL, member))),
                tag,
                tag + 10,
                Map.of(REAL, tag + 20),
                tag + 30,
                Map.of());
    }

    private void commitWeb() {
        store.load();
        store.commit(new Commit(0, List.of(web(1)), List.of(), List.of(revision(1))));
    }

    @Test
    void aNewStoreIsEmptyAndKeepsItsId() {
        Loaded loaded = store.load();

        assertThat(loaded.revision()).isZero();
        assertThat(loaded.configuration()).isEqualTo(Configuration.EMPTY);
        assertThat(loaded.tags()).isEmpty();
        store.close();
        assertThat(store.load().storeId()).isEqualTo(loaded.storeId());
    }

    @Test
    void everyKindOfDocumentComesBack() {
        store.load();
        InterfaceSettings settings = new InterfaceSettings(
                Optional.of(AttachMode.GENERIC), Optional.of(MacAddress.parse("02:00:00:00:02:01")));
        List<Document> documents = List.of(
                web(1),
                new Document.OfReal(REAL, new RealAttributes(true), 2),
                new Document.OfInterface("eth0", settings, 3),
                new Document.OfAttachment(false, 4));

        assertThat(store.commit(new Commit(0, documents, List.of(), List.of(revision(1), revision(4)))))
                .isEqualTo(4);

        Loaded loaded = store.load();
        assertThat(loaded.revision()).isEqualTo(4);
        assertThat(loaded.configuration().vips())
                .containsOnlyKeys(WEB)
                .containsValue(((Document.OfVip) web(1)).entry());
        assertThat(loaded.configuration().reals()).containsEntry(REAL, new RealAttributes(true));
        assertThat(loaded.configuration().interfaces()).containsEntry("eth0", settings);
        assertThat(loaded.configuration().attached()).isFalse();
        assertThat(loaded.tags())
                .containsOnly(
                        Map.entry(new ResourceKey.OfVip(WEB), 1L),
                        Map.entry(new ResourceKey.OfMembers(WEB), 11L),
                        Map.entry(new ResourceKey.OfMembership(WEB, REAL), 21L),
                        Map.entry(new ResourceKey.OfDownReals(WEB), 31L),
                        Map.entry(new ResourceKey.OfReal(REAL), 2L),
                        Map.entry(new ResourceKey.OfInterface("eth0"), 3L),
                        Map.entry(new ResourceKey.OfAttachment(), 4L));
    }

    @Test
    void aDeletedVipIsGoneWithItsReals() {
        commitWeb();

        store.commit(new Commit(1, List.of(), List.of(new ResourceKey.OfVip(WEB)), List.of(revision(2))));

        assertThat(store.load().configuration()).isEqualTo(Configuration.EMPTY);
        assertThat(store.load().tags()).isEmpty();
    }

    @Test
    void defaultsKeepTheirTag() {
        store.load();
        store.commit(new Commit(
                0, List.of(new Document.OfReal(REAL, RealAttributes.DEFAULT, 1)), List.of(), List.of(revision(1))));

        Loaded loaded = store.load();

        assertThat(loaded.configuration()).isEqualTo(Configuration.EMPTY);
        assertThat(loaded.tags()).containsEntry(new ResourceKey.OfReal(REAL), 1L);
    }

    @Test
    void aCommitOnAnOldRevisionIsRefusedWhole() {
        commitWeb();

        assertThatThrownBy(() -> store.commit(new Commit(0, List.of(web(9)), List.of(), List.of(revision(9)))))
                .isInstanceOf(StoreFailure.StaleRevision.class)
                .hasMessageContaining("at revision 1, not 0");

        assertThat(store.load().tags()).containsEntry(new ResourceKey.OfVip(WEB), 1L);
    }

    @Test
    void theHistoryIsReadBackwardsInPages() {
        commitWeb();
        store.commit(new Commit(1, List.of(web(3)), List.of(), List.of(revision(2), revision(3))));

        assertThat(store.history(Long.MAX_VALUE, 2)).containsExactly(entry(3), entry(2));
        assertThat(store.history(2, 2)).containsExactly(entry(1));
    }

    @Test
    void aFullFileRefusesAndGoesOn() {
        store = new SqliteStore(new SqliteFile(path, 40), Retention.DEFAULT);
        store.load();
        List<String> bulk = List.of("x".repeat(200_000));
        Step large = new Step(
                new RevisionEntry(1, NOON, "alice", "", bulk), revision(1).former());

        assertThatThrownBy(() -> store.commit(new Commit(0, List.of(web(1)), List.of(), List.of(large))))
                .isInstanceOf(StoreFailure.StoreFull.class)
                .hasMessageContaining(path.toString());

        store.commit(new Commit(0, List.of(web(1)), List.of(), List.of(revision(1))));
        assertThat(store.load().revision()).isEqualTo(1);
    }

    @Test
    void aLockedFileIsUnavailableUntilItIsReadAgain() throws SQLException {
        commitWeb();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = other.createStatement()) {
            statement.execute("begin immediate");
            assertThatThrownBy(() -> store.commit(new Commit(1, List.of(), List.of(), List.of(revision(2)))))
                    .isInstanceOfSatisfying(
                            StoreFailure.StoreUnavailable.class,
                            failure -> assertThat(failure.remedy()).contains("fuser"));
        }

        assertThatThrownBy(() -> store.commit(new Commit(1, List.of(), List.of(), List.of(revision(2)))))
                .isInstanceOf(StoreFailure.StoreUnavailable.class);
        assertThat(store.load().revision()).isEqualTo(1);
        assertThat(store.commit(new Commit(1, List.of(), List.of(), List.of(revision(2)))))
                .isEqualTo(2);
    }

    @Test
    void aFileThatWasRemovedTakesNoMoreCommits() throws IOException {
        commitWeb();
        Files.delete(path);

        assertThatThrownBy(() -> store.commit(new Commit(1, List.of(), List.of(), List.of(revision(2)))))
                .isInstanceOf(StoreFailure.StoreUnavailable.class)
                .hasMessageContaining("removed or replaced");

        assertThat(store.load().revision()).isZero();
    }

    @Test
    void somethingElseThanAStoreIsUnavailable() throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(
                path, "this is not a database, and it is long enough to have a header of 100 bytes".repeat(3));

        assertThatThrownBy(store::load)
                .isInstanceOfSatisfying(
                        StoreFailure.StoreUnavailable.class,
                        failure -> assertThat(failure.remedy()).contains("restore a backup"));
    }

    @Test
    void aStoreOfANewerMakoIsNotTouched() throws SQLException {
        store.load();
        store.close();
        try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = newer.createStatement()) {
            statement.execute("pragma user_version = 99");
        }

        assertThatThrownBy(store::load)
                .isInstanceOf(StoreFailure.StoreUnavailable.class)
                .hasMessageContaining("newer Mako");
    }

    @Test
    void aDamagedDocumentIsUnavailable() throws SQLException {
        commitWeb();
        store.close();
        try (Connection vandal = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = vandal.createStatement()) {
            statement.execute("update document set body = '{\"flags\":[\"NO_SUCH\"]}'");
        }

        assertThatThrownBy(store::load)
                .isInstanceOf(StoreFailure.StoreUnavailable.class)
                .hasMessageContaining("cannot read");
    }

    @Test
    void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        SqliteStore nowhere = new SqliteStore(file.resolve("mako.db"), Retention.DEFAULT);

        assertThatThrownBy(nowhere::load)
                .isInstanceOf(StoreFailure.StoreUnavailable.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void whatWasCommittedIsThereWithoutClosing() {
        commitWeb();

        assertThat(new SqliteStore(path, Retention.DEFAULT).load().revision()).isEqualTo(1);
    }
}

package io.makolb.store;

import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.BulkSets;
import io.makolb.model.BulkTags;
import io.makolb.model.Configuration;
import io.makolb.model.Entries;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.RealAttributes;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Reads the documents, all of them. */
final class SqliteContents {

    private SqliteContents() {}

    /**
     * Reads everything but large tables, which no past configuration shows.
     *
     * @param from a connection that sees one state
     */
    static Configuration readDocuments(Connection from, DocumentJson json) throws SQLException {
        return read(from, json, Optional.empty()).configuration();
    }

    /**
     * Reads everything.
     *
     * @param bulk is told what the rows of large tables say
     */
    static Loaded read(Connection from, DocumentJson json, SqliteBulk bulk) throws SQLException {
        bulk.clear();
        return read(from, json, Optional.of(bulk));
    }

    private static Loaded read(Connection from, DocumentJson json, Optional<SqliteBulk> bulk) throws SQLException {
        TreeMap<VipId, VipEntry> vips = new TreeMap<>();
        TreeMap<Address, RealAttributes> reals = new TreeMap<>();
        TreeMap<String, InterfaceSettings> interfaces = new TreeMap<>();
        Entries.Draft entries = Entries.EMPTY.edit();
        boolean attached = Configuration.EMPTY.attached();
        Optional<String> configFile = Optional.empty();
        Map<ResourceKey, Long> tags = new HashMap<>();
        BulkSets sets = BulkSets.EMPTY;
        Map<BulkKind<?>, BulkTags> bulkTags = new HashMap<>();
        try (PreparedStatement select = from.prepareStatement("select kind, id, revision, body from document");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (rows.getString(1).equals(DocumentJson.CONFIG_FILE)) {
                    configFile = Optional.of(json.readConfigFile(rows.getString(4)));
                    continue;
                }
                Optional<BulkKind<?>> large = largeKind(rows.getString(1));
                if (large.isPresent()) {
                    if (bulk.isPresent()) {
                        Document.OfBulk table =
                                table(from, large.get(), json.readBulk(rows.getString(4)), rows.getLong(3), bulk.get());
                        tags.put(table.key(), table.tag());
                        sets = sets.with(table.set());
                        bulkTags.put(table.kind(), table.tags());
                    }
                    continue;
                }
                Document document = json.read(
                        new DocumentJson.Place(rows.getString(1), rows.getString(2)),
                        rows.getLong(3),
                        rows.getString(4));
                tags.put(document.key(), document.tag());
                if (document instanceof Document.OfVip vip) {
                    VipId id = vip.entry().vip().id();
                    vips.put(id, vip.entry());
                    tags.put(new ResourceKey.OfMembers(id), vip.membersTag());
                    vip.memberTags().forEach((real, tag) -> tags.put(new ResourceKey.OfMembership(id, real), tag));
                    tags.put(new ResourceKey.OfDownReals(id), vip.downSetTag());
                    vip.downTags().forEach((real, tag) -> tags.put(new ResourceKey.OfDownReal(id, real), tag));
                } else if (document instanceof Document.OfReal real) {
                    reals.put(real.real(), real.attributes());
                } else if (document instanceof Document.OfInterface named) {
                    interfaces.put(named.name(), named.settings());
                } else if (document instanceof Document.OfEntry entry) {
                    entries.set(entry.key().kind(), entry.key().key(), entry.value());
                } else if (document instanceof Document.OfAttachment attachment) {
                    attached = attachment.attached();
                }
            }
        }
        try (PreparedStatement select = from.prepareStatement("select id, revision from store");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return new Loaded(
                    UUID.fromString(rows.getString(1)),
                    rows.getLong(2),
                    Configuration.EMPTY
                            .edit()
                            .vips(vips)
                            .reals(reals)
                            .interfaces(interfaces)
                            .entries(entries.freeze())
                            .bulk(sets)
                            .attached(attached)
                            .done(),
                    tags,
                    bulkTags,
                    configFile);
        }
    }

    private static Optional<BulkKind<?>> largeKind(String path) {
        for (BulkKind<?> kind : BulkKind.ALL) {
            if (kind.path().equals(path)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private static Document.OfBulk table(
            Connection from, BulkKind<?> kind, DocumentJson.BulkBody body, long tag, SqliteBulk bulk)
            throws SQLException {
        ChunkRows.Contents contents = ChunkRows.read(from, kind, body.generation());
        bulk.found(kind, body.generation(), contents);
        return new Document.OfBulk(
                BulkSet.of(kind, contents.reals()), new BulkTags(body.usual(), contents.tags()), tag);
    }
}

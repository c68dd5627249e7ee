package io.makolb.store;

import io.makolb.model.Address;
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

    static Loaded read(Connection from, DocumentJson json) throws SQLException {
        TreeMap<VipId, VipEntry> vips = new TreeMap<>();
        TreeMap<Address, RealAttributes> reals = new TreeMap<>();
        TreeMap<String, InterfaceSettings> interfaces = new TreeMap<>();
        Entries.Draft entries = Entries.EMPTY.edit();
        boolean attached = Configuration.EMPTY.attached();
        Optional<String> configFile = Optional.empty();
        Map<ResourceKey, Long> tags = new HashMap<>();
        try (PreparedStatement select = from.prepareStatement("select kind, id, revision, body from document");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (rows.getString(1).equals(DocumentJson.CONFIG_FILE)) {
                    configFile = Optional.of(json.readConfigFile(rows.getString(4)));
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
                            .attached(attached)
                            .done(),
                    tags,
                    configFile);
        }
    }
}

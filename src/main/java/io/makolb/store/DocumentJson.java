package io.makolb.store;

import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.AttachMode;
import io.makolb.model.DownSource;
import io.makolb.model.EntryKind;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Documents as they lie in the database: a kind, an id and a JSON body. */
final class DocumentJson {

    /** Where a document lies. */
    record Place(String kind, String id) {}

    private static final String VIP = "vip";
    private static final String REAL = "real";
    private static final String INTERFACE = "interface";
    private static final String ATTACHMENT = "attachment";

    /** Kind of the one row that says which configuration file was applied last; no resource of the API. */
    static final String CONFIG_FILE = "config-file";

    /** {@code downReals} is absent in documents of versions that did not know them. */
    private record VipBody(
            Set<VipFlag> flags,
            HashFunction hashFunction,
            OnEmpty onEmpty,
            String description,
            TreeMap<String, String> labels,
            long realsRevision,
            TreeMap<String, MemberBody> reals,
            @Nullable Long downRealsRevision,
            @Nullable TreeMap<String, DownRealBody> downReals) {}

    private record MemberBody(int weight, AdminState adminState, long revision) {}

    private record DownRealBody(DownSource source, long revision) {}

    record RealBody(boolean local) {}

    record InterfaceBody(
            @Nullable AttachMode mode, @Nullable String gatewayMac) {

        static InterfaceBody of(InterfaceSettings settings) {
            return new InterfaceBody(
                    settings.mode().orElse(null),
                    settings.gateway().map(MacAddress::toString).orElse(null));
        }

        InterfaceSettings settings() {
            return new InterfaceSettings(
                    Optional.ofNullable(mode), Optional.ofNullable(gatewayMac).map(MacAddress::parse));
        }
    }

    private record AttachmentBody(boolean attached) {}

    private record ConfigFileBody(String digest) {}

    /**
     * Where the rows of a large table are.
     *
     * @param generation of its rows
     * @param usual revision of the last change to most of its resources
     */
    record BulkBody(long generation, long usual) {}

    private final JsonMapper mapper = StoredJson.mapper();

    /**
     * Where a resource is stored.
     *
     * @throws IllegalArgumentException for a resource that is stored as part of another one
     */
    static Place place(ResourceKey key) {
        if (key instanceof ResourceKey.OfVip vip) {
            return new Place(VIP, vip.vip().toString());
        }
        if (key instanceof ResourceKey.OfReal real) {
            return new Place(REAL, real.real().toString());
        }
        if (key instanceof ResourceKey.OfInterface named) {
            return new Place(INTERFACE, named.name());
        }
        if (key instanceof ResourceKey.OfEntry entry) {
            return new Place(entry.kind().path(), entry.key().toString());
        }
        if (key instanceof ResourceKey.OfBulk bulk) {
            return new Place(bulk.kind().path(), "");
        }
        if (key instanceof ResourceKey.OfAttachment) {
            return new Place(ATTACHMENT, "");
        }
        throw new IllegalArgumentException(key + " has no document of its own");
    }

    String write(Document document) {
        if (document instanceof Document.OfVip vip) {
            return mapper.writeValueAsString(body(vip));
        }
        if (document instanceof Document.OfReal real) {
            return mapper.writeValueAsString(new RealBody(real.attributes().local()));
        }
        if (document instanceof Document.OfInterface named) {
            return mapper.writeValueAsString(InterfaceBody.of(named.settings()));
        }
        if (document instanceof Document.OfEntry entry) {
            return mapper.writeValueAsString(entry.value());
        }
        return mapper.writeValueAsString(new AttachmentBody(((Document.OfAttachment) document).attached()));
    }

    private static VipBody body(Document.OfVip document) {
        TreeMap<String, MemberBody> reals = new TreeMap<>();
        for (Membership member : document.entry().members().values()) {
            long tag = document.memberTags().getOrDefault(member.real(), 0L);
            reals.put(member.real().toString(), new MemberBody(member.weight(), member.adminState(), tag));
        }
        TreeMap<String, DownRealBody> down = new TreeMap<>();
        document.entry().allDownReals().forEach((real, source) -> {
            long tag = document.downTags().getOrDefault(real, 0L);
            down.put(real.toString(), new DownRealBody(source, tag));
        });
        Vip vip = document.entry().vip();
        return new VipBody(
                vip.flags(),
                vip.hashFunction(),
                vip.onEmpty(),
                vip.description(),
                new TreeMap<>((Map<String, String>) vip.labels()),
                document.membersTag(),
                reals,
                document.downSetTag(),
                down);
    }

    /** Reads a document back; it was written by {@link #write}, so anything wrong with it is damage. */
    Document read(Place place, long revision, String json) {
        return switch (place.kind()) {
            case VIP -> vip(VipId.parse(place.id()), revision, mapper.readValue(json, VipBody.class));
            case REAL ->
                new Document.OfReal(
                        Address.parse(place.id()),
                        new RealAttributes(
                                mapper.readValue(json, RealBody.class).local()),
                        revision);
            case INTERFACE ->
                new Document.OfInterface(
                        place.id(), mapper.readValue(json, InterfaceBody.class).settings(), revision);
            case ATTACHMENT ->
                new Document.OfAttachment(
                        mapper.readValue(json, AttachmentBody.class).attached(), revision);
            default -> entry(EntryKind.of(place.kind()), place.id(), revision, json);
        };
    }

    private Document entry(EntryKind<?, ?> kind, String id, long revision, String json) {
        ResourceKey.OfEntry key = new ResourceKey.OfEntry(kind, kind.parse(id));
        return new Document.OfEntry(key, mapper.readValue(json, kind.valueType()), revision);
    }

    private static Document vip(VipId id, long revision, VipBody body) {
        TreeMap<Address, Membership> members = new TreeMap<>();
        Map<Address, Long> tags = new HashMap<>();
        body.reals().forEach((text, member) -> {
            Address real = Address.parse(text);
            members.put(real, new Membership(real, member.weight(), member.adminState()));
            tags.put(real, member.revision());
        });
        TreeSet<Address> said = new TreeSet<>();
        Map<Address, Long> downTags = new HashMap<>();
        if (body.downReals() != null) {
            body.downReals().forEach((text, down) -> {
                Address real = Address.parse(text);
                downTags.put(real, down.revision());
                if (down.source() == DownSource.API) {
                    said.add(real);
                }
            });
        }
        long downSetTag = body.downRealsRevision() == null ? revision : body.downRealsRevision();
        Vip vip = new Vip(id, body.flags(), body.hashFunction(), body.onEmpty(), body.description(), body.labels());
        VipEntry entry = new VipEntry(vip, members, said);
        return new Document.OfVip(entry, revision, body.realsRevision(), tags, downSetTag, downTags);
    }

    String writeBulk(BulkBody body) {
        return mapper.writeValueAsString(body);
    }

    BulkBody readBulk(String json) {
        return mapper.readValue(json, BulkBody.class);
    }

    String writeConfigFile(String digest) {
        return mapper.writeValueAsString(new ConfigFileBody(digest));
    }

    String readConfigFile(String json) {
        return mapper.readValue(json, ConfigFileBody.class).digest();
    }

    String writeDiff(List<String> diff) {
        return mapper.writeValueAsString(diff);
    }

    List<String> readDiff(String json) {
        return List.of(mapper.readValue(json, String[].class));
    }
}

package io.makolb.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.EntryKind;
import io.makolb.model.HashFunction;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.Membership;
import io.makolb.model.OnEmpty;
import io.makolb.model.RealAttributes;
import io.makolb.model.ResourceKey;
import io.makolb.model.Vip;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a revision replaced, as it lies in the database: absent = it stayed, null = it did not exist. */
final class FormerJson {

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record Body(
            @Nullable TreeMap<String, @Nullable VipBody> vips,
            @Nullable TreeMap<String, DocumentJson.RealBody> reals,
            @Nullable TreeMap<String, DocumentJson.InterfaceBody> interfaces,
            @Nullable TreeMap<String, TreeMap<String, @Nullable JsonNode>> entries,
            @Nullable Boolean attached) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private record VipBody(
            @Nullable AttributesBody attributes,
            @Nullable TreeMap<String, @Nullable MemberBody> reals,
            @Nullable TreeMap<String, Boolean> downReals) {}

    private record AttributesBody(
            Set<VipFlag> flags,
            HashFunction hashFunction,
            OnEmpty onEmpty,
            String description,
            TreeMap<String, String> labels) {}

    private record MemberBody(int weight, AdminState adminState) {}

    private final JsonMapper mapper = StoredJson.mapper();

    String write(Former former) {
        TreeMap<String, @Nullable VipBody> vips = new TreeMap<>();
        former.vips()
                .forEach((id, vip) ->
                        vips.put(id.toString(), vip.map(FormerJson::body).orElse(null)));
        TreeMap<String, DocumentJson.RealBody> reals = new TreeMap<>();
        former.reals().forEach((real, was) -> reals.put(real.toString(), new DocumentJson.RealBody(was.local())));
        TreeMap<String, DocumentJson.InterfaceBody> interfaces = new TreeMap<>();
        former.interfaces().forEach((name, was) -> interfaces.put(name, DocumentJson.InterfaceBody.of(was)));
        TreeMap<String, TreeMap<String, @Nullable JsonNode>> entries = new TreeMap<>();
        former.entries()
                .forEach((entry, was) -> entries.computeIfAbsent(entry.kind().path(), first -> new TreeMap<>())
                        .put(
                                entry.key().toString(),
                                was.<JsonNode>map(mapper::valueToTree).orElse(null)));
        return mapper.writeValueAsString(
                new Body(vips, reals, interfaces, entries, former.attached().orElse(null)));
    }

    private static VipBody body(Former.OfVip vip) {
        TreeMap<String, @Nullable MemberBody> reals = new TreeMap<>();
        vip.members()
                .forEach((real, member) -> reals.put(
                        real.toString(),
                        member.map(was -> new MemberBody(was.weight(), was.adminState()))
                                .orElse(null)));
        TreeMap<String, Boolean> down = new TreeMap<>();
        vip.downReals().forEach((real, said) -> down.put(real.toString(), said));
        return new VipBody(vip.attributes().map(FormerJson::body).orElse(null), reals, down);
    }

    private static AttributesBody body(Vip vip) {
        return new AttributesBody(
                vip.flags(), vip.hashFunction(), vip.onEmpty(), vip.description(), new TreeMap<>((Map<String, String>)
                        vip.labels()));
    }

    /** Reads back what {@link #write} wrote. */
    Former read(String json) {
        Body body = mapper.readValue(json, Body.class);
        Map<VipId, Optional<Former.OfVip>> vips = new HashMap<>();
        if (body.vips() != null) {
            body.vips().forEach((text, was) -> {
                VipId id = VipId.parse(text);
                vips.put(id, Optional.ofNullable(was).map(vip -> vip(id, vip)));
            });
        }
        Map<Address, RealAttributes> reals = new HashMap<>();
        if (body.reals() != null) {
            body.reals().forEach((real, was) -> reals.put(Address.parse(real), new RealAttributes(was.local())));
        }
        Map<String, InterfaceSettings> interfaces = new HashMap<>();
        if (body.interfaces() != null) {
            body.interfaces().forEach((name, was) -> interfaces.put(name, was.settings()));
        }
        Map<ResourceKey.OfEntry, Optional<Object>> entries = new HashMap<>();
        if (body.entries() != null) {
            body.entries().forEach((path, former) -> {
                EntryKind<?, ?> kind = EntryKind.of(path);
                former.forEach((key, was) -> entries.put(
                        new ResourceKey.OfEntry(kind, kind.parse(key)),
                        // A null of JSON comes as a node of its own.
                        Optional.ofNullable(was)
                                .filter(value -> !value.isNull())
                                .map(value -> mapper.treeToValue(value, kind.valueType()))));
            });
        }
        return new Former(vips, reals, interfaces, entries, Optional.ofNullable(body.attached()));
    }

    private static Former.OfVip vip(VipId id, VipBody body) {
        Optional<Vip> attributes = Optional.ofNullable(body.attributes())
                .map(was ->
                        new Vip(id, was.flags(), was.hashFunction(), was.onEmpty(), was.description(), was.labels()));
        Map<Address, Optional<Membership>> members = new HashMap<>();
        if (body.reals() != null) {
            body.reals().forEach((text, was) -> {
                Address real = Address.parse(text);
                members.put(
                        real,
                        Optional.ofNullable(was)
                                .map(member -> new Membership(real, member.weight(), member.adminState())));
            });
        }
        Map<Address, Boolean> down = new HashMap<>();
        if (body.downReals() != null) {
            body.downReals().forEach((text, said) -> down.put(Address.parse(text), said));
        }
        return new Former.OfVip(attributes, members, down);
    }
}

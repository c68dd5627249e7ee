package io.makolb.web.config;

import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.Configuration;
import io.makolb.model.Counted;
import io.makolb.model.DecapDestination;
import io.makolb.model.Entries;
import io.makolb.model.EntryKind;
import io.makolb.model.HealthMark;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.Membership;
import io.makolb.model.Prefix;
import io.makolb.model.RealAttributes;
import io.makolb.model.ServerId;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import io.makolb.web.bulk.TargetBody;
import io.makolb.web.dataplane.AttachmentBody;
import io.makolb.web.member.MemberSettings;
import io.makolb.web.strict.Findings;
import io.makolb.web.strict.MergePatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merge patch (RFC 7396) of the document of the configuration. Only what it names is looked at, however large the configuration
 * is, and keys count as what they mean: a null under another spelling of an address removes that address.
 */
final class ConfigPatch {

    private static final String VIPS = "vips";
    private static final String REALS = "reals";
    private static final String DOWN_REALS = "downReals";
    private static final String INTERFACES = "interfaces";
    private static final String DECAP_DESTINATIONS = "decapDestinations";
    private static final String ATTACHMENT = "attachment";
    private static final String HEALTHCHECK_MARKS = "healthcheckMarks";
    private static final String HEALTHCHECK_KEYS = "healthcheckKeys";
    private static final String QUIC_SERVER_IDS = "quicServerIds";
    private static final String SOURCE_ROUTES = "sourceRoutes";

    private final MergePatch patches;
    private final ObjectNode patch;
    private final Keyed<VipId> vips;
    private final Keyed<Address> reals;
    private final Keyed<String> interfaces;
    private final Keyed<Address> decapDestinations;
    private final Keyed<HealthMark> healthcheckMarks;
    private final Keyed<VipId> healthcheckKeys;
    private final Keyed<ServerId> serverIds;
    private final Keyed<Prefix> sourceRoutes;
    private final Map<VipId, Keyed<Address>> members = new LinkedHashMap<>();
    private final Map<VipId, Keyed<Address>> downReals = new LinkedHashMap<>();

    /** What a patch says of one key; a JSON null: it goes. */
    private record Said<K>(K key, String pointer, JsonNode value) {}

    /** What a patch says of an object. */
    private record Keyed<K>(boolean all, List<Said<K>> entries) {}

    /**
     * Reads a patch as far as that is possible without knowing what it will be applied to.
     *
     * @throws io.makolb.web.problem.ProblemException unknown members or wrong types
     * @throws io.makolb.model.Refusal keys that name nothing, each with its pointer
     */
    ConfigPatch(ObjectNode patch, MergePatch patches) {
        patches.check(patch, ConfigBody.class);
        this.patches = patches;
        this.patch = patch;
        Findings findings = new Findings();
        vips = keyed("", VIPS, patch, VipId::parse, findings);
        reals = keyed("", REALS, patch, Address::parse, findings);
        interfaces = keyed("", INTERFACES, patch, name -> name, findings);
        decapDestinations = keyed("", DECAP_DESTINATIONS, patch, EntryKind.DECAP_DESTINATIONS::parse, findings);
        healthcheckMarks = keyed("", HEALTHCHECK_MARKS, patch, EntryKind.HEALTHCHECK_MARKS::parse, findings);
        healthcheckKeys = keyed("", HEALTHCHECK_KEYS, patch, EntryKind.HEALTHCHECK_KEYS::parse, findings);
        serverIds = keyed("", QUIC_SERVER_IDS, patch, BulkKind.SERVER_IDS::parse, findings);
        sourceRoutes = keyed("", SOURCE_ROUTES, patch, BulkKind.SOURCE_ROUTES::parse, findings);
        for (Said<VipId> vip : vips.entries()) {
            if (vip.value() instanceof ObjectNode body) {
                members.put(vip.key(), keyed(vip.pointer(), REALS, body, Address::parse, findings));
                downReals.put(vip.key(), keyed(vip.pointer(), DOWN_REALS, body, Address::parse, findings));
            }
        }
        findings.raise();
    }

    private static <K> Keyed<K> keyed(
            String under, String name, ObjectNode object, Function<String, K> parse, Findings findings) {
        List<Said<K>> entries = new ArrayList<>();
        JsonNode value = object.get(name);
        if (value instanceof ObjectNode named) {
            Map<String, JsonNode> texts = new LinkedHashMap<>();
            named.properties().forEach(property -> texts.put(property.getKey(), property.getValue()));
            Keys.read(
                    under + "/" + name,
                    texts,
                    parse,
                    findings,
                    (key, pointer, said) -> entries.add(new Said<>(key, pointer, said)));
        }
        return new Keyed<>(value != null && value.isNull(), entries);
    }

    /**
     * The configuration after the patch.
     *
     * @throws io.makolb.model.Refusal everything that cannot be used, each with its pointer
     */
    Configuration applyTo(Configuration before) {
        Findings findings = new Findings();
        Configuration after = before.edit()
                .vips(edited(before.vips(), vips, (said, was) -> vip(said, was, findings)))
                .reals(edited(before.reals(), reals, (said, was) -> real(said, was)))
                .interfaces(edited(before.interfaces(), interfaces, (said, was) -> settings(said, was, findings)))
                .entries(entries(before.entries(), findings))
                .bulk(before.bulk()
                        .with(edited(before.bulk().of(BulkKind.SERVER_IDS), serverIds, findings))
                        .with(edited(before.bulk().of(BulkKind.SOURCE_ROUTES), sourceRoutes, findings)))
                .attached(attached(before.attached()))
                .done();
        findings.raise();
        return after;
    }

    private Entries entries(Entries before, Findings findings) {
        return before.edit()
                .replace(
                        EntryKind.DECAP_DESTINATIONS,
                        edited(before.of(EntryKind.DECAP_DESTINATIONS), decapDestinations, this::decapDestination))
                .replace(
                        EntryKind.HEALTHCHECK_KEYS,
                        edited(before.of(EntryKind.HEALTHCHECK_KEYS), healthcheckKeys, (said, was) -> Counted.COUNTED))
                .replace(
                        EntryKind.HEALTHCHECK_MARKS,
                        edited(
                                before.of(EntryKind.HEALTHCHECK_MARKS),
                                healthcheckMarks,
                                (said, was) -> mark(said, was, findings)))
                .freeze();
    }

    /** What a key holds after the patch. */
    private interface Edit<K, V> {
        @Nullable V of(Said<K> said, @Nullable V was);
    }

    private static <K, V> NavigableMap<K, V> edited(NavigableMap<K, V> before, Keyed<K> said, Edit<K, V> edit) {
        NavigableMap<K, V> after = said.all() ? new TreeMap<>() : new TreeMap<>((Map<K, V>) before);
        for (Said<K> entry : said.entries()) {
            if (entry.value().isNull()) {
                after.remove(entry.key());
            } else {
                V value = edit.of(entry, after.get(entry.key()));
                if (value != null) {
                    after.put(entry.key(), value);
                }
            }
        }
        return after;
    }

    private <K extends Comparable<? super K>> BulkSet<K> edited(BulkSet<K> before, Keyed<K> said, Findings findings) {
        Map<K, Optional<Address>> edits = new LinkedHashMap<>();
        for (Said<K> entry : said.entries()) {
            if (entry.value().isNull()) {
                edits.put(entry.key(), Optional.empty());
                continue;
            }
            Address was = before.get(entry.key());
            TargetBody current = new TargetBody(was == null ? null : was.toString());
            TargetBody changed = patches.apply(current, (ObjectNode) entry.value(), TargetBody.class);
            findings.read(entry.pointer(), () -> {
                Address real = changed.toReal();
                before.kind().check(entry.key(), real);
                return edits.put(entry.key(), Optional.of(real));
            });
        }
        return (said.all() ? BulkSet.empty(before.kind()) : before).with(edits);
    }

    private @Nullable VipEntry vip(Said<VipId> said, @Nullable VipEntry was, Findings findings) {
        VipId id = said.key();
        NavigableMap<Address, Membership> none = new TreeMap<>();
        ObjectNode attributes = ((ObjectNode) said.value()).deepCopy();
        attributes.remove(REALS);
        attributes.remove(DOWN_REALS);
        ConfigVip current = was == null ? ConfigVip.EMPTY : ConfigVip.of(new VipEntry(was.vip(), none));
        VipEntry changed = patches.apply(current, attributes, ConfigVip.class).toEntry(id, said.pointer(), findings);
        Keyed<Address> reals = members.get(id);
        NavigableMap<Address, Membership> now = was == null ? none : was.members();
        return new VipEntry(
                changed.vip(),
                reals == null ? now : edited(now, reals, (real, member) -> member(id, real, member, findings)),
                down(was == null ? new TreeSet<>() : was.downReals(), downReals.get(id)));
    }

    private static NavigableSet<Address> down(NavigableSet<Address> before, @Nullable Keyed<Address> said) {
        if (said == null) {
            return before;
        }
        NavigableMap<Address, Address> reals = new TreeMap<>();
        before.forEach(real -> reals.put(real, real));
        return edited(reals, said, (real, same) -> real.key()).navigableKeySet();
    }

    private @Nullable Membership member(VipId vip, Said<Address> said, @Nullable Membership was, Findings findings) {
        MemberSettings current = was == null ? new MemberSettings(null, null) : MemberSettings.of(was);
        MemberSettings changed = patches.apply(current, (ObjectNode) said.value(), MemberSettings.class);
        return findings.read(said.pointer(), () -> changed.of(vip, said.key()));
    }

    private RealAttributes real(Said<Address> said, @Nullable RealAttributes was) {
        ConfigReal current = was == null ? new ConfigReal(null) : ConfigReal.of(was);
        return patches.apply(current, (ObjectNode) said.value(), ConfigReal.class)
                .toAttributes();
    }

    private DecapDestination decapDestination(Said<Address> said, @Nullable DecapDestination was) {
        ConfigDecapDestination current =
                ConfigDecapDestination.of(Optional.ofNullable(was).orElse(DecapDestination.DEFAULT));
        return patches.apply(current, (ObjectNode) said.value(), ConfigDecapDestination.class)
                .toDestination();
    }

    private @Nullable InterfaceSettings settings(
            Said<String> said, @Nullable InterfaceSettings was, Findings findings) {
        ConfigInterface current = ConfigInterface.of(Optional.ofNullable(was).orElse(InterfaceSettings.DEFAULT));
        ConfigInterface changed = patches.apply(current, (ObjectNode) said.value(), ConfigInterface.class);
        return findings.read(said.pointer(), changed::toSettings);
    }

    private @Nullable Address mark(Said<HealthMark> said, @Nullable Address was, Findings findings) {
        ConfigHealthcheckMark current = new ConfigHealthcheckMark(was == null ? null : was.toString());
        ConfigHealthcheckMark changed = patches.apply(current, (ObjectNode) said.value(), ConfigHealthcheckMark.class);
        return findings.read(said.pointer(), changed::toReal);
    }

    private boolean attached(boolean before) {
        JsonNode said = patch.get(ATTACHMENT);
        if (said instanceof ObjectNode members) {
            return patches.apply(new AttachmentBody(before), members, AttachmentBody.class)
                    .wanted();
        }
        return said == null ? before : Configuration.EMPTY.attached();
    }
}

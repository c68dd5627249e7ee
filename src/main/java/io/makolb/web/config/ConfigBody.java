package io.makolb.web.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkSet;
import io.makolb.model.Configuration;
import io.makolb.model.Counted;
import io.makolb.model.Entries;
import io.makolb.model.EntryKind;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.RealAttributes;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import io.makolb.web.bulk.TargetBody;
import io.makolb.web.dataplane.AttachmentBody;
import io.makolb.web.strict.Findings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole configuration in JSON: objects keyed by resource id, keys sorted as text, defaults absent, nothing volatile, so that
 * equal configurations are equal files.
 */
@Schema(
        name = "Configuration",
        description = "The whole configuration, fit for version control: keys sorted, defaults absent",
        example = "{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":{\"10.0.0.1\":{\"weight\":10},\"10.0.0.2\":{}}}}}")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ConfigBody(
        @Schema(description = "Whether the program is to be attached; absent in a write: stays as it is") @Nullable AttachmentBody attachment,

        @Schema(description = "Addresses at which tunnels end, by address") @Nullable Map<String, ConfigDecapDestination> decapDestinations,

        @Schema(description = "Destinations whose health checks are counted by themselves, by id") @Nullable Map<String, ConfigHealthcheckKey> healthcheckKeys,

        @Schema(description = "Reals that packets with a mark go to, by mark") @Nullable Map<String, ConfigHealthcheckMark> healthcheckMarks,

        @Schema(description = "Settings of interfaces, by name") @Nullable Map<String, ConfigInterface> interfaces,

        @Schema(
                description =
                        "Where server ids lead, by id; absent in an answer: none, or more than 10000. Absent in a write: they stay")
        @Nullable Map<String, TargetBody> quicServerIds,

        @Schema(description = "Attributes of reals, by address") @Nullable Map<String, ConfigReal> reals,

        @Schema(
                description =
                        "Where source routes lead, by network; absent in an answer: none, or more than 10000. Absent in a write: they"
                                + " stay")
        @Nullable Map<String, TargetBody> sourceRoutes,

        @Schema(description = "VIPs with their reals, by id") @Nullable Map<String, ConfigVip> vips) {

    /** So many source routes or server ids are part of the document; more have their own resource alone. */
    public static final int MOST_TARGETS = 10_000;

    /** The document of a configuration. */
    public static ConfigBody of(Configuration configuration) {
        Map<String, ConfigDecapDestination> decaps = new TreeMap<>();
        configuration
                .entries()
                .of(EntryKind.DECAP_DESTINATIONS)
                .forEach((address, decap) -> decaps.put(address.toString(), ConfigDecapDestination.of(decap)));
        Map<String, ConfigInterface> interfaces = new TreeMap<>();
        configuration.interfaces().forEach((name, settings) -> interfaces.put(name, ConfigInterface.of(settings)));
        Map<String, ConfigReal> reals = new TreeMap<>();
        configuration.reals().forEach((real, attributes) -> reals.put(real.toString(), ConfigReal.of(attributes)));
        Map<String, ConfigVip> vips = new TreeMap<>();
        configuration.vips().forEach((id, entry) -> vips.put(id.toString(), ConfigVip.of(entry)));
        Map<String, ConfigHealthcheckMark> marks = new TreeMap<>();
        configuration
                .entries()
                .of(EntryKind.HEALTHCHECK_MARKS)
                .forEach((mark, real) -> marks.put(mark.toString(), new ConfigHealthcheckMark(real.toString())));
        Map<String, ConfigHealthcheckKey> keys = new TreeMap<>();
        configuration
                .entries()
                .of(EntryKind.HEALTHCHECK_KEYS)
                .forEach((key, counted) -> keys.put(key.toString(), new ConfigHealthcheckKey()));
        return new ConfigBody(
                configuration.attached() ? null : new AttachmentBody(false),
                decaps,
                keys,
                marks,
                interfaces,
                targets(configuration.bulk().of(BulkKind.SERVER_IDS)),
                reals,
                targets(configuration.bulk().of(BulkKind.SOURCE_ROUTES)),
                vips);
    }

    /** More than a document can show are left out, as if nothing was said of them. */
    private static <K extends Comparable<? super K>> @Nullable Map<String, TargetBody> targets(BulkSet<K> set) {
        if (set.size() > MOST_TARGETS) {
            return null;
        }
        Map<String, TargetBody> targets = new TreeMap<>();
        set.all()
                .forEachRemaining(entry -> targets.put(
                        entry.getKey().toString(),
                        new TargetBody(entry.getValue().toString())));
        return targets;
    }

    /** The same with the attachment said even when it is the default: putting it leaves nothing as it is. */
    public static ConfigBody explicit(Configuration configuration) {
        ConfigBody body = of(configuration);
        return new ConfigBody(
                new AttachmentBody(configuration.attached()),
                body.decapDestinations(),
                body.healthcheckKeys(),
                body.healthcheckMarks(),
                body.interfaces(),
                body.quicServerIds(),
                body.reals(),
                body.sourceRoutes(),
                body.vips());
    }

    /**
     * The configuration of a document.
     *
     * @throws io.makolb.model.Refusal everything that cannot be used, each with its pointer
     */
    public Configuration toConfiguration() {
        Findings findings = new Findings();
        NavigableMap<VipId, VipEntry> entries = new TreeMap<>();
        Keys.read("/vips", vips, VipId::parse, findings, (id, pointer, vip) -> {
            VipEntry entry = vip.toEntry(id, pointer, findings);
            entries.put(id, entry);
        });
        NavigableMap<Address, RealAttributes> attributes = new TreeMap<>();
        Keys.read(
                "/reals",
                reals,
                Address::parse,
                findings,
                (real, pointer, body) -> attributes.put(real, body.toAttributes()));
        NavigableMap<String, InterfaceSettings> settings = new TreeMap<>();
        Keys.read("/interfaces", interfaces, name -> name, findings, (name, pointer, body) -> {
            InterfaceSettings read = findings.read(pointer, body::toSettings);
            settings.put(name, Objects.requireNonNullElse(read, InterfaceSettings.DEFAULT));
        });
        Entries.Draft kinds = Entries.EMPTY.edit();
        Keys.read(
                "/decapDestinations",
                decapDestinations,
                EntryKind.DECAP_DESTINATIONS::parse,
                findings,
                (address, pointer, body) -> kinds.put(EntryKind.DECAP_DESTINATIONS, address, body.toDestination()));
        Keys.read(
                "/healthcheckMarks",
                healthcheckMarks,
                EntryKind.HEALTHCHECK_MARKS::parse,
                findings,
                (mark, pointer, body) -> {
                    Address real = findings.read(pointer, body::toReal);
                    if (real != null) {
                        kinds.put(EntryKind.HEALTHCHECK_MARKS, mark, real);
                    }
                });
        Keys.read(
                "/healthcheckKeys",
                healthcheckKeys,
                EntryKind.HEALTHCHECK_KEYS::parse,
                findings,
                (key, pointer, body) -> kinds.put(EntryKind.HEALTHCHECK_KEYS, key, Counted.COUNTED));
        findings.raise();
        return Configuration.EMPTY
                .edit()
                .vips(entries)
                .reals(attributes)
                .interfaces(settings)
                .entries(kinds.freeze())
                .attached(wanted().orElse(true))
                .done();
    }

    /**
     * What the document says of server ids and source routes; a kind of which it says nothing is not there.
     *
     * @throws io.makolb.model.Refusal everything that cannot be used, each with its pointer
     */
    public List<BulkSet<?>> toBulk() {
        Findings findings = new Findings();
        List<BulkSet<?>> sets = new ArrayList<>();
        if (quicServerIds != null) {
            sets.add(set("/quicServerIds", quicServerIds, BulkKind.SERVER_IDS, findings));
        }
        if (sourceRoutes != null) {
            sets.add(set("/sourceRoutes", sourceRoutes, BulkKind.SOURCE_ROUTES, findings));
        }
        findings.raise();
        return sets;
    }

    private static <K extends Comparable<? super K>> BulkSet<K> set(
            String pointer, Map<String, TargetBody> given, BulkKind<K> kind, Findings findings) {
        Map<K, Optional<Address>> targets = new HashMap<>();
        Keys.read(pointer, given, kind::parse, findings, (key, at, target) -> {
            Address real = findings.read(at, target::toReal);
            if (real != null) {
                findings.read(at, () -> {
                    kind.check(key, real);
                    return targets.put(key, Optional.of(real));
                });
            }
        });
        return BulkSet.empty(kind).with(targets);
    }

    /** What the document says of the attachment. */
    public Optional<Boolean> wanted() {
        return Optional.ofNullable(attachment).map(AttachmentBody::attached);
    }
}

package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.VipFlag;
import io.makolb.sandbox.BpfTest;
import io.makolb.sandbox.Commands;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Both sides of the layout agree: what Java believes, and what the compiler wrote into the object. */
@BpfTest
class MapLayoutTests {

    private static final Map<String, JsonNode> STRUCTS = new LinkedHashMap<>();
    private static final List<JsonNode> TYPES = new ArrayList<>();

    @BeforeAll
    static void readTypes() throws URISyntaxException {
        read("/bpf/healthcheck.bpf.o");
        TYPES.clear();
        read("/bpf/balancer.bpf.o");
    }

    private static void read(String name) throws URISyntaxException {
        Path object = Path.of(
                Objects.requireNonNull(MapLayoutTests.class.getResource(name)).toURI());
        JsonNode dump =
                new JsonMapper().readTree(Commands.run("bpftool", "-j", "btf", "dump", "file", object.toString()));
        for (JsonNode type : dump.get("types")) {
            TYPES.add(type);
            if (type.get("kind").asString().equals("STRUCT")) {
                STRUCTS.put(type.get("name").asString(), type);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "mako_control, Control",
        "mako_prefix, PrefixKey",
        "mako_vip, VipRow",
        "mako_real, RealRow",
        "mako_member, MemberRow",
        "mako_gateway, GatewayRow",
        "mako_settings, Settings",
        "mako_plane_meta, Meta",
        "mako_count, Count",
        "mako_counters, Counters",
        "mako_hc_mark, HealthCheckMark",
        "mako_hc_key, HealthCheckKey",
        "mako_hc_settings, HealthCheckSettings"
    })
    void everyOffsetAndSizeIsTheCompilers(String struct, String javaClass) throws Exception {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        for (JsonNode member : struct(struct).get("members")) {
            String name = member.get("name").asString();
            offsets.put((name.equals("now") ? "word" : name).toUpperCase(Locale.ROOT), offset(member));
        }
        Class<?> layout = Class.forName(MapLayout.class.getName() + "$" + javaClass);

        for (Field field : layout.getDeclaredFields()) {
            field.setAccessible(true);
            if (field.getName().equals("SIZE")) {
                assertThat(field.get(null)).as(struct).isEqualTo(size(struct));
            } else if (!field.getName().equals("DISABLED") && !field.getName().equals("ROWS")) {
                assertThat(offsets).as(struct).containsEntry(field.getName(), (Integer) field.get(null));
            }
        }
    }

    @Test
    void bucketsHoldWhatJavaPutsIntoThem() {
        assertThat(size("mako_address")).isEqualTo(MapLayout.AddressSlot.SIZE);
        assertThat(offset("mako_address", "addr")).isEqualTo(MapLayout.AddressSlot.ADDR);
        assertThat(offset("mako_address", "id")).isEqualTo(MapLayout.AddressSlot.ID);
        assertThat(size("mako_address_bucket")).isEqualTo(MapLayout.AddressSlot.BUCKET_SIZE);
        assertThat(size("mako_service")).isEqualTo(MapLayout.ServiceSlot.SIZE);
        assertThat(offset("mako_service", "key")).isEqualTo(MapLayout.ServiceSlot.KEY);
        assertThat(offset("mako_service", "vip")).isEqualTo(MapLayout.ServiceSlot.VIP);
        assertThat(size("mako_service_bucket")).isEqualTo(MapLayout.ServiceSlot.BUCKET_SIZE);
    }

    @Test
    void fallbackEntriesAndVipCountersAreWhereJavaLooks() {
        assertThat(size("mako_fallback_key")).isEqualTo(MapLayout.Fallback.KEY_SIZE);
        assertThat(offset("mako_fallback_key", "src")).isZero();
        assertThat(offset("mako_fallback_key", "ports")).isEqualTo(MapLayout.Fallback.KEY_PORTS);
        assertThat(offset("mako_fallback_key", "vip")).isEqualTo(MapLayout.Fallback.KEY_VIP);
        assertThat(size("mako_fallback_key_to")).isEqualTo(MapLayout.Fallback.KEY_TO_SIZE);
        assertThat(offset("mako_fallback_key_to", "src")).isZero();
        assertThat(offset("mako_fallback_key_to", "dst")).isEqualTo(MapLayout.Fallback.KEY_TO_DST);
        assertThat(offset("mako_fallback_key_to", "ports")).isEqualTo(MapLayout.Fallback.KEY_TO_PORTS);
        assertThat(offset("mako_fallback_key_to", "vip")).isEqualTo(MapLayout.Fallback.KEY_TO_VIP);
        assertThat(size("mako_fallback_value")).isEqualTo(MapLayout.Fallback.VALUE_SIZE);
        assertThat(offset("mako_fallback_value", "stamp")).isEqualTo(MapLayout.Fallback.VALUE_STAMP);
        assertThat(offset("mako_fallback_value", "real")).isEqualTo(MapLayout.Fallback.VALUE_REAL);
        assertThat(size("mako_vip_counters")).isEqualTo(MapLayout.VipStats.SIZE);
        assertThat(offset("mako_vip_counters", "forwarded")).isEqualTo(MapLayout.VipStats.PACKETS);
        assertThat(offset("mako_vip_counters", "miss_syn")).isEqualTo(MapLayout.VipStats.MISS_SYN);
        assertThat(offset("mako_vip_counters", "miss_non_syn")).isEqualTo(MapLayout.VipStats.MISS_NON_SYN);
        assertThat(offset("mako_vip_counters", "miss_udp")).isEqualTo(MapLayout.VipStats.MISS_UDP);
        assertThat(offset("mako_vip_counters", "dropped")).isEqualTo(MapLayout.VipStats.DROPPED);
        assertThat(offset("mako_vip_counters", "id_new")).isEqualTo(MapLayout.VipStats.ID_NEW);
        assertThat(offset("mako_vip_counters", "id_mismatches")).isEqualTo(MapLayout.VipStats.ID_MISMATCHES);
    }

    @Test
    void planeCountersStandInTheOrderOfTheStruct() {
        Map<String, Integer> offsets = new LinkedHashMap<>();
        for (JsonNode member : struct("mako_counters").get("members")) {
            String name = member.get("name").asString();
            if (name.equals("reserved")) {
                break;
            }
            if (typeName(member).equals("mako_count")) {
                offsets.put(name + "_frames", offset(member));
                offsets.put(name + "_bytes", offset(member) + Long.BYTES);
            } else {
                offsets.put(name, offset(member));
            }
        }

        Map<String, Integer> java = new LinkedHashMap<>();
        for (PlaneCounter counter : PlaneCounter.values()) {
            java.put(counter.name().toLowerCase(Locale.ROOT), counter.ordinal() * Long.BYTES);
        }
        assertThat(java).isEqualTo(offsets);
    }

    @Test
    void constantsAreThoseOfTheHeader() throws IOException {
        Map<String, Long> header = new LinkedHashMap<>();
        Matcher define = Pattern.compile("(?m)^#define\\s+MAKO_(\\w+)\\s+(0x[0-9a-fA-F]+|[0-9]+)")
                .matcher(Files.readString(Path.of("bpf/layout.h")));
        while (define.find()) {
            header.put(define.group(1), Long.decode(define.group(2)));
        }

        assertThat(header)
                .containsEntry("MAGIC", MapLayout.MAGIC)
                .containsEntry("LAYOUT_VERSION", (long) MapLayout.VERSION)
                .containsEntry("VIP_GENERATIONS", (long) MapLayout.VIP_GENERATIONS)
                .containsEntry("VIP_PREFIX", (long) MapLayout.VIP_PREFIX)
                .containsEntry("GATEWAYS", (long) MapLayout.GATEWAYS)
                .containsEntry("SERVER_ID_PAGES", (long) MapLayout.ServerIds.PAGES)
                .containsEntry("SERVER_ID_PAGE", (long) MapLayout.ServerIds.PER_PAGE)
                .containsEntry("SERVER_ID_LAST", (long) MapLayout.ServerIds.LAST)
                .containsEntry("TOMBSTONE", (long) MapLayout.TOMBSTONE)
                .containsEntry("STATE_FREE", (long) MapLayout.STATE_FREE)
                .containsEntry("STATE_LIVE", (long) MapLayout.STATE_LIVE)
                .containsEntry("STATE_RETIRED", (long) MapLayout.STATE_RETIRED)
                .containsEntry("ON_EMPTY_DROP", (long) MapLayout.ON_EMPTY_DROP)
                .containsEntry("ON_EMPTY_PASS", (long) MapLayout.ON_EMPTY_PASS)
                .containsEntry("REAL_IPV6", (long) MapLayout.REAL_IPV6)
                .containsEntry("REAL_LOCAL", (long) MapLayout.REAL_LOCAL);
        for (VipFlag flag : VipFlag.values()) {
            assertThat(header).containsEntry("VIP_" + flag.name().replace("_VIP", ""), (long) flag.bit());
        }
    }

    @Test
    void enumerationsThatArePinnedNeverChangeTheirOrder() {
        assertThat(HashFunction.values()).startsWith(HashFunction.MAGLEV_V2, HashFunction.MAGLEV);
        assertThat(OnEmpty.values()).startsWith(OnEmpty.DROP, OnEmpty.KEEP, OnEmpty.PASS);
    }

    private static JsonNode struct(String name) {
        return Objects.requireNonNull(STRUCTS.get(name), name);
    }

    private static int size(String struct) {
        return struct(struct).get("size").asInt();
    }

    private static int offset(String struct, String name) {
        for (JsonNode member : struct(struct).get("members")) {
            if (member.get("name").asString().equals(name)) {
                return offset(member);
            }
        }
        throw new IllegalArgumentException(struct + " has no " + name);
    }

    private static int offset(JsonNode member) {
        return member.get("bits_offset").asInt() / 8;
    }

    private static String typeName(JsonNode member) {
        int id = member.get("type_id").asInt();
        return TYPES.stream()
                .filter(type -> type.get("id").asInt() == id)
                .map(type -> type.get("name").asString())
                .findFirst()
                .orElse("");
    }
}

package io.makolb.web.contract;

import static io.makolb.web.contract.Row.commands;
import static io.makolb.web.contract.Row.creates;
import static io.makolb.web.contract.Row.deletes;
import static io.makolb.web.contract.Row.edits;
import static io.makolb.web.contract.Row.imports;
import static io.makolb.web.contract.Row.patches;
import static io.makolb.web.contract.Row.purges;
import static io.makolb.web.contract.Row.puts;
import static io.makolb.web.contract.Row.reads;
import static io.makolb.web.contract.Row.readsTagged;
import static io.makolb.web.contract.Row.streams;
import static io.restassured.RestAssured.given;

import java.util.List;
import java.util.Map;

/**
 * The table of the API: one row for every method of every resource. {@link OperationTableTests} fails where the server has an
 * operation without a row; the other tests of the table try each row under every precondition.
 */
final class OperationTable {

    /** What is configured when a row is tried. */
    private static final String CONFIGURATION = """
            {"attachment": {"attached": true},
             "decapDestinations": {"10.0.0.1": {}},
             "quicServerIds": {"1001": {"real": "10.0.0.1"}},
             "sourceRoutes": {"192.168.0.0_16": {"real": "10.0.0.1"}},
             "vips": {"10.200.1.1-80-tcp": {"description": "before", "reals": {"10.0.0.1": {"weight": 10}}},
              "10.200.1.1-53-udp": {"flags": ["UDP_FLOW_MIGRATION"], "downReals": {"10.0.0.1": {}}}},
             "healthcheckMarks": {"1000": {"real": "10.0.0.1"}},
             "healthcheckKeys": {"10.200.1.1-80-tcp": {}}}""";

    /** A VIP whose flows leave reals that are down. */
    private static final String MIGRATING = "10.200.1.1-53-udp";

    /** An example of each path variable: one that exists in {@link #CONFIGURATION}, and one that does not. */
    static final Map<String, Example> VARIABLES = Map.of(
            "vip", new Example("10.200.1.1-80-tcp", "10.200.9.9-80-tcp"),
            "address", new Example("10.0.0.1", "10.0.9.9"),
            "name", new Example("eth0", "eth9"),
            "mark", new Example("1000", "2000"),
            "prefix", new Example("192.168.0.0_16", "192.168.9.0_24"),
            "id", new Example("1001", "1009"),
            "number", new Example("1", "999999999"));

    static final List<Row> ROWS = List.of(
            reads("/vips"),
            creates("/vips", "{\"address\":\"10.200.1.1\",\"port\":80,\"protocol\":\"tcp\"}", "/vips/{vip}"),
            readsTagged("/vips/{vip}"),
            puts("/vips/{vip}", "{\"description\":\"after\"}").creating(),
            patches("/vips/{vip}", "{\"description\":\"after\"}"),
            deletes("/vips/{vip}"),
            reads("/vips/{vip}/status"),
            reads("/vips/{vip}/ring"),
            reads("/vips/{vip}/stats"),
            readsTagged("/vips/{vip}/reals"),
            puts("/vips/{vip}/reals", "{\"items\":[{\"address\":\"10.0.0.7\"}]}"),
            edits(
                    "/vips/{vip}/reals/edits",
                    "{\"upsert\":{\"10.0.0.7\":{\"weight\":3}},\"remove\":[\"10.0.0.1\"]}",
                    "/vips/{vip}/reals"),
            readsTagged("/vips/{vip}/reals/{address}"),
            puts("/vips/{vip}/reals/{address}", "{\"weight\":7}").creating(),
            patches("/vips/{vip}/reals/{address}", "{\"weight\":7}"),
            deletes("/vips/{vip}/reals/{address}"),
            reads("/vips/{vip}/reals/{address}/status"),
            readsTagged("/vips/{vip}/down-reals").with("vip", MIGRATING),
            puts("/vips/{vip}/down-reals", "{\"items\":[{\"address\":\"10.0.0.7\"}]}")
                    .with("vip", MIGRATING),
            readsTagged("/vips/{vip}/down-reals/{address}").with("vip", MIGRATING),
            // A real that is down has nothing but its address.
            puts("/vips/{vip}/down-reals/{address}", "{}")
                    .creating()
                    .withoutEffect()
                    .with("vip", MIGRATING),
            deletes("/vips/{vip}/down-reals/{address}").with("vip", MIGRATING),
            reads("/reals"),
            readsTagged("/reals/{address}"),
            puts("/reals/{address}", "{\"local\":true}").creating(),
            patches("/reals/{address}", "{\"local\":true}"),
            reads("/reals/{address}/stats"),
            reads("/healthcheck-marks"),
            readsTagged("/healthcheck-marks/{mark}"),
            puts("/healthcheck-marks/{mark}", "{\"real\":\"10.0.0.7\"}").creating(),
            deletes("/healthcheck-marks/{mark}"),
            reads("/healthcheck-keys"),
            readsTagged("/healthcheck-keys/{vip}"),
            // A destination has nothing but its id.
            puts("/healthcheck-keys/{vip}", "{}").creating().withoutEffect(),
            deletes("/healthcheck-keys/{vip}"),
            readsTagged("/quic-server-ids"),
            puts("/quic-server-ids", "{\"items\":[{\"serverId\":1002,\"real\":\"10.0.0.7\"}]}"),
            edits(
                    "/quic-server-ids/edits",
                    "{\"upsert\":{\"1002\":{\"real\":\"10.0.0.7\"}},\"remove\":[\"1001\"]}",
                    "/quic-server-ids"),
            readsTagged("/quic-server-ids/{id}"),
            puts("/quic-server-ids/{id}", "{\"real\":\"10.0.0.7\"}").creating(),
            deletes("/quic-server-ids/{id}"),
            readsTagged("/source-routes"),
            puts("/source-routes", "{\"items\":[{\"prefix\":\"192.168.7.0/24\",\"real\":\"10.0.0.7\"}]}"),
            edits(
                    "/source-routes/edits",
                    "{\"upsert\":{\"192.168.7.0_24\":{\"real\":\"10.0.0.7\"}},\"remove\":[\"192.168.0.0_16\"]}",
                    "/source-routes"),
            readsTagged("/source-routes/{prefix}"),
            puts("/source-routes/{prefix}", "{\"real\":\"10.0.0.7\"}").creating(),
            deletes("/source-routes/{prefix}"),
            reads("/decap-destinations"),
            readsTagged("/decap-destinations/{address}"),
            puts("/decap-destinations/{address}", "{\"mode\":\"EGRESS\"}").creating(),
            deletes("/decap-destinations/{address}"),
            reads("/dataplane"),
            reads("/dataplane/interfaces"),
            readsTagged("/dataplane/interfaces/{name}"),
            puts("/dataplane/interfaces/{name}", "{\"mode\":\"GENERIC\"}").ofWhatIsGiven(),
            readsTagged("/dataplane/gateway"),
            puts("/dataplane/gateway", "{\"mac\":\"02:00:00:00:00:09\"}"),
            readsTagged("/dataplane/attachment"),
            puts("/dataplane/attachment", "{\"attached\":false}"),
            deletes("/dataplane/attachment"),
            commands("/dataplane/reload", null),
            commands("/dataplane/adopt", "{\"from\":\"STORE\"}"),
            reads("/connections"),
            reads("/connections/summary"),
            purges("/connections"),
            imports(
                    "/connections/import",
                    "{\"vip\":\"10.200.1.1-80-tcp\",\"real\":\"10.0.0.1\",\"client\":\"192.0.2.7\","
                            + "\"clientPort\":31337,\"port\":80}"),
            reads("/stats"),
            reads("/stats/cpus"),
            streams("/stats/stream"),
            streams("/events"),
            reads("/audit"),
            reads("/revisions"),
            readsTagged("/revisions/{number}"),
            reads("/drift"),
            commands("/drift", null),
            readsTagged("/config"),
            puts("/config", "{\"vips\":{\"10.200.1.1-80-tcp\":{}}}"),
            patches("/config", "{\"vips\":{\"10.200.1.1-80-tcp\":{\"reals\":null}}}"),
            edits("/config/reload", null, "/config"));

    /**
     * Values of a path variable.
     *
     * @param present of a resource that exists
     * @param absent of one that does not
     */
    record Example(String present, String absent) {}

    private OperationTable() {}

    /** Configures what the rows rest on. */
    static void configure() {
        given().contentType("application/json")
                .header("If-Match", "*")
                .body(CONFIGURATION)
                .put("/config")
                .then()
                .statusCode(200);
    }

    /** A path with values in it; where {@code present} is false, the last variable has that of something absent. */
    static String filled(String pattern, boolean present, Map<String, String> own) {
        String path = pattern;
        int last = pattern.lastIndexOf('{');
        for (Map.Entry<String, Example> variable : VARIABLES.entrySet()) {
            String placeholder = "{" + variable.getKey() + "}";
            boolean absent = !present && last >= 0 && pattern.startsWith(placeholder, last);
            String value =
                    own.getOrDefault(variable.getKey(), variable.getValue().present());
            path = path.replace(placeholder, absent ? variable.getValue().absent() : value);
        }
        return path;
    }

    /** A body of POST that names the absent VIP instead of the present one. */
    static String renamed(String body) {
        return body.replace("\"address\":\"10.200.1.1\"", "\"address\":\"10.200.9.9\"");
    }
}

package io.makolb.examples;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.makolb.examples.RestApiProvider.Rule;
import io.makolb.sandbox.Commands;
import io.makolb.web.contract.ContractTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code examples/terraform}: the provider's requests are replayed, with the paths of main.tf and the bodies of bodies.json. */
@ContractTest
class TerraformExampleTests {

    private static final Path EXAMPLE = Path.of("examples", "terraform");
    private static final JsonMapper JSON = new JsonMapper();

    @LocalServerPort
    private int port;

    private JsonNode bodies;
    private String main;

    @BeforeEach
    void readTheExample() throws IOException {
        bodies = JSON.readTree(Files.readString(EXAMPLE.resolve("bodies.json")));
        main = Files.readString(EXAMPLE.resolve("main.tf"));
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void aPlanAfterAnApplyIsEmpty(Rule rule) {
        apply();

        forEachObject((provider, data) -> assertThat(provider.read(data, rule)).contains(data));
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void aChangedWeightIsPlannedAndAppliedOnce(Rule rule) {
        apply();
        JsonNode state = bodies.at("/reals/10.200.7.1-80-tcp");
        ObjectNode wanted = (ObjectNode) state.deepCopy();
        ((ObjectNode) wanted.at("/items/1")).put("weight", 7);
        RestApiProvider reals = provider("reals", "10.200.7.1-80-tcp");

        assertThat(reals.read(state, rule)).isPresent().get().isNotEqualTo(wanted);
        assertThat(reals.read(reals.update(wanted), rule)).contains(wanted);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void whatOthersChangedIsSeen(Rule rule) {
        apply();
        JsonNode state = bodies.at("/reals/10.200.7.1-80-tcp");
        given().contentType("application/json").body("{}").put("/vips/10.200.7.1-80-tcp/reals/10.0.0.9");

        assertThat(provider("reals", "10.200.7.1-80-tcp").read(state, rule))
                .isPresent()
                .get()
                .isNotEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void whatIsImportedNeedsNoChange(Rule rule) {
        apply();

        bodies.get("vips").properties().forEach(vip -> {
            RestApiProvider provider = provider("vip", vip.getKey());
            JsonNode imported = provider.importFrom("/vips/" + vip.getKey());
            assertThat(imported).isEqualTo(vip.getValue());
            assertThat(provider.read(imported, rule)).contains(vip.getValue());
        });
        bodies.get("reals").properties().forEach(reals -> {
            RestApiProvider provider = provider("reals", reals.getKey());
            JsonNode imported = provider.importFrom("/vips/" + reals.getKey() + "/reals");
            assertThat(provider.read(imported, rule)).contains(reals.getValue());
        });
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void whatIsGoneIsCreatedAgain(Rule rule) {
        apply();
        given().delete("/vips/10.200.7.1-80-tcp");

        RestApiProvider vip = provider("vip", "10.200.7.1-80-tcp");
        JsonNode data = bodies.at("/vips/10.200.7.1-80-tcp");
        assertThat(vip.read(data, rule)).isEmpty();
        assertThat(vip.read(vip.create(data), rule)).contains(data);
    }

    @Test
    void destroyRemovesRealsAndThenVips() {
        apply();

        bodies.get("reals").properties().forEach(it -> {
            provider("reals", it.getKey()).delete(it.getValue());
            assertThat(given().get("/vips/" + it.getKey() + "/reals").asString())
                    .isEqualTo("{\"items\":[]}");
        });
        bodies.get("vips")
                .properties()
                .forEach(it -> provider("vip", it.getKey()).delete(it.getValue()));

        assertThat(given().get("/vips").jsonPath().getList("items")).isEmpty();
    }

    @Test
    void theBodiesAreWhatTerraformMakesOfTheVariables(@TempDir Path copy) throws IOException {
        assumeTrue(inPath("terraform"), "terraform is not installed");
        for (String file : new String[] {"variables.tf", "bodies.tf", "vips.auto.tfvars.json"}) {
            Files.copy(EXAMPLE.resolve(file), copy.resolve(file));
        }

        String evaluated = Commands.run(
                "bash",
                "-c",
                "echo 'jsonencode({vips = local.vips, reals = local.reals})' | terraform -chdir=" + copy
                        + " console 2>/dev/null");

        assertThat(JSON.readTree(JSON.readTree(evaluated).asString())).isEqualTo(bodies);
        Commands.run("bash", "-c", "terraform fmt -check " + EXAMPLE + " 2>/dev/null");
    }

    private void apply() {
        forEachObject((provider, data) -> provider.create(data));
    }

    /** VIPs first, as their reals depend on them. */
    private void forEachObject(Step step) {
        bodies.get("vips").properties().forEach(it -> step.take(provider("vip", it.getKey()), it.getValue()));
        bodies.get("reals").properties().forEach(it -> step.take(provider("reals", it.getKey()), it.getValue()));
    }

    private interface Step {
        void take(RestApiProvider provider, JsonNode data);
    }

    /** A resource of main.tf for one VIP, with the provider's settings as defaults. */
    private RestApiProvider provider(String resource, String vip) {
        Map<String, String> settings = arguments("provider \"restapi\"");
        settings.putAll(arguments("resource \"restapi_object\" \"" + resource + "\""));
        settings.replaceAll((name, value) -> value.replaceAll("\\$\\{.*?\\}", vip));
        return new RestApiProvider("http://127.0.0.1:" + port + "/api/v1", settings);
    }

    private Map<String, String> arguments(String block) {
        Matcher body = Pattern.compile(Pattern.quote(block) + " \\{\n(.*?)\n\\}", Pattern.DOTALL)
                .matcher(main);
        assertThat(body.find()).as(block).isTrue();
        Map<String, String> arguments = new LinkedHashMap<>();
        Matcher argument = Pattern.compile("(?m)^  (\\w+) += \"(.*)\"$").matcher(body.group(1));
        while (argument.find()) {
            arguments.put(argument.group(1), argument.group(2).replace("\\\"", "\""));
        }
        return arguments;
    }

    private static boolean inPath(String program) {
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}

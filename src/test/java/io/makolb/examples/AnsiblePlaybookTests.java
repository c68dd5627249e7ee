package io.makolb.examples;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.sandbox.Commands;
import io.makolb.web.contract.ContractTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;

/** {@code examples/ansible}: the playbook with the variables that stand beside it, on an inventory of one machine, this one. */
@ContractTest
class AnsiblePlaybookTests {

    private static final String CHANGED_VARIABLES = """
            {"mako_vips": [
              {"id": "10.200.8.1-80-tcp", "settings": {"description": "web shop", "labels": {"env": "prod"}}, "reals": [
                {"address": "10.0.0.1", "weight": %s},
                {"address": "10.0.0.2", "weight": 10},
                {"address": "10.0.0.3", "weight": 20, "adminState": "DISABLED"}]},
              {"id": "fc00:8::1-443-udp", "settings": {"flags": ["NO_LRU"]}, "reals": [
                {"address": "fc00:8::10"}, {"address": "fc00:8::11", "weight": 2}]}]}""";

    @LocalServerPort
    private int port;

    @TempDir
    private Path directory;

    private Path inventory;

    @BeforeEach
    void describeThisMachine() throws IOException {
        inventory = directory.resolve("inventory.yml");
        Files.writeString(inventory, """
                balancers:
                  hosts:
                    here: {ansible_connection: local, ansible_python_interpreter: /usr/bin/python3}
                """);
    }

    @Test
    void theFirstRunCreatesAndTheSecondChangesNothing() {
        assertThat(changedItems(play()))
                .containsExactly("10.200.8.1-80-tcp", "fc00:8::1-443-udp", "10.200.8.1-80-tcp", "fc00:8::1-443-udp");
        assertThat(given().get("/config").asString())
                .contains(
                        "\"10.200.8.1-80-tcp\":{\"description\":\"web shop\",\"labels\":{\"env\":\"prod\"},\"reals\":{"
                                + "\"10.0.0.1\":{\"weight\":10},\"10.0.0.2\":{\"weight\":10},"
                                + "\"10.0.0.3\":{\"weight\":20,\"adminState\":\"DISABLED\"}}}")
                .contains("\"fc00:8::1-443-udp\":{\"flags\":[\"NO_LRU\"],\"reals\":{"
                        + "\"fc00:8::10\":{},\"fc00:8::11\":{\"weight\":2}}}");

        String second = play();

        assertThat(changedItems(second)).isEmpty();
        assertThat(second).contains(" changed=0 ").contains(" failed=0 ");
    }

    @Test
    void oneWeightIsOneChange() {
        play();

        String printed = play("-e", CHANGED_VARIABLES.formatted("11"));

        assertThat(printed).contains(" changed=1 ");
        assertThat(changedItems(printed)).containsExactly("10.200.8.1-80-tcp");
        assertThat(given().get("/vips/10.200.8.1-80-tcp/reals/10.0.0.1")
                        .jsonPath()
                        .getInt("weight"))
                .isEqualTo(11);
    }

    @Test
    void aVipThatMustNotBeThereIsDeletedOnce() {
        given().contentType("application/json").body("{}").put("/vips/10.200.8.9-80-tcp");
        play();

        assertThat(given().get("/vips/10.200.8.9-80-tcp").statusCode()).isEqualTo(404);
        assertThat(changedItems(play())).isEmpty();
    }

    @Test
    void aRefusalFailsWithTheReasonAndTheRemedy() {
        String printed = fail("-e", CHANGED_VARIABLES.formatted("-1"));

        assertThat(printed)
                .contains("failed=1")
                .contains(
                        "/vips/10.200.8.1-80-tcp/reals: Weight -1 is out of range. Use 0 to 1000000; 0 takes no new flows.");
    }

    @Test
    void checkModeChangesNothingAndForeseesTheSameChanges() {
        given().contentType("application/json").body("{}").put("/vips/10.200.8.9-80-tcp");
        String before = given().get("/config").asString();

        List<String> foreseen = changedItems(play("--check"));

        assertThat(given().get("/config").asString()).isEqualTo(before);
        assertThat(changedItems(play())).isEqualTo(foreseen).hasSize(5);
        assertThat(changedItems(play("--check"))).isEmpty();
    }

    @Test
    void checkModeShowsThePlanAndIsRefusedLikeTheRun() {
        play();

        assertThat(play("--check", "--diff", "-e", CHANGED_VARIABLES.formatted("0")))
                .contains("\"resource\": \"vips/10.200.8.1-80-tcp/reals/10.0.0.1\"")
                .contains("\"moved\": ");
        assertThat(fail("--check", "-e", CHANGED_VARIABLES.formatted("-1"))).contains("Weight -1 is out of range.");
    }

    /** Labels of the items that a run reports as changed, in order. */
    private static List<String> changedItems(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith("changed: "))
                .map(line -> line.replaceAll(".*\\(item=(.*?)\\).*", "$1"))
                .toList();
    }

    private String play(String... arguments) {
        return Commands.run(command(arguments).toArray(String[]::new));
    }

    /** What is printed by a run that has to fail. */
    private String fail(String... arguments) {
        Stream<String> denied = Stream.of("bash", "-c", "! \"$@\"", "bash");
        return Commands.run(Stream.concat(denied, command(arguments).stream()).toArray(String[]::new));
    }

    private List<String> command(String... arguments) {
        Stream<String> fixed = Stream.of(
                "env",
                "LC_ALL=C.UTF-8",
                "ANSIBLE_NOCOLOR=1",
                "ANSIBLE_HOME=" + directory,
                "ansible-playbook",
                "-i",
                inventory.toString(),
                "-e",
                "mako_api=http://127.0.0.1:" + port + "/api/v1",
                "examples/ansible/balancer.yml");
        return Stream.concat(fixed, Stream.of(arguments)).toList();
    }
}

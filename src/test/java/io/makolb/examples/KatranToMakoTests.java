package io.makolb.examples;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.sandbox.Commands;
import io.makolb.web.contract.ContractTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** {@code examples/migration}: commands of Katran's client become a document that Mako takes. */
@ContractTest
class KatranToMakoTests {

    private static final Path EXAMPLE = Path.of("examples", "migration");
    private static final String CONVERTER = EXAMPLE.resolve("katran-to-mako.py").toString();
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    @Test
    void theSampleBecomesTheDocumentBesideItAndMakoTakesIt() throws IOException {
        String document = Commands.run("bash", "-c", CONVERTER + " <" + EXAMPLE.resolve("commands.txt"));

        assertThat(document).isEqualTo(Files.readString(EXAMPLE.resolve("config.json")));
        given().contentType("application/json")
                .body(document)
                .put("/config")
                .then()
                .statusCode(200);
        assertThat(JSON.readTree(given().get("/config").asString())).isEqualTo(JSON.readTree(document));
    }

    @Test
    void laterCommandsUndoEarlierOnes() throws IOException {
        assertThat(convert(
                        0,
                        "-A -t 10.0.0.1:80",
                        "-a -t 10.0.0.1:80 -r 10.1.0.1 -w 5",
                        "-e -t 10.0.0.1:80 -r 10.1.0.1 -w 0",
                        "-a -t 10.0.0.1:80 -r 10.1.0.2",
                        "-d -t 10.0.0.1:80 -r 10.1.0.2",
                        "-A -u 10.0.0.1:53",
                        "-D -u 10.0.0.1:53",
                        "-new_hc 10.1.0.1 -somark 7",
                        "-new_hc 10.1.0.1 -somark 8",
                        "-del_hc -somark 7",
                        "-l"))
                .isEqualToIgnoringWhitespace(
                        "{\"vips\": {\"10.0.0.1-80-tcp\": {\"reals\": {\"10.1.0.1\": {\"weight\": 0}}}}, "
                                + "\"healthcheckMarks\": {\"8\": {\"real\": \"10.1.0.1\"}}}");
    }

    @Test
    void flagsAndServerIdsThatOnlySomeMakosAreSetUpForAreCarriedOver() throws IOException {
        String document = convert(
                0,
                "-A -u 10.0.0.1:443 -vf LOCAL_VIP",
                "-E -u 10.0.0.1:443 -vf QUIC_VIP",
                "-a -u 10.0.0.1:443 -r 10.1.0.1 -rf LOCAL_REAL",
                "-a -u 10.0.0.1:443 -r 10.1.0.2 -rf LOCAL_REAL",
                "-d -u 10.0.0.1:443 -r 10.1.0.2",
                "-e -u 10.0.0.1:443 -r 10.1.0.1 -w 2",
                "-quic_mapping 10.1.0.1=7",
                "-quic_mapping=10.1.0.1=8",
                "-quic_mapping 10.1.0.1=9",
                "-del_qm -quic_mapping 10.1.0.1=8",
                "-del_qm -quic_mapping 10.1.0.2=9",
                "-list_qm");

        assertThat(document).isEqualToIgnoringWhitespace("""
                {"vips": {"10.0.0.1-443-udp": {"flags": ["LOCAL_VIP", "QUIC_VIP"], "reals": {"10.1.0.1": {"weight": 2}}}},
                 "reals": {"10.1.0.1": {"local": true}},
                 "quicServerIds": {"7": {"real": "10.1.0.1"}, "9": {"real": "10.1.0.1"}}}""");
        given().contentType("application/json")
                .body(document)
                .put("/config")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            -A -t 10.0.0.1:80 -vf LOCAL_REAL       , there is no flag LOCAL_REAL of a service
            -a -t 10.9.9.9:80 -r 10.1.0.1 -rf A    , there is no flag A of a real
            -quic_mapping 10.0.0.1                 , the server id is missing
            -quic_mapping 5=10.0.0.1               , the server id is missing
            -change_mac 02:00:00:00:00:01          , set mako.dataplane.gateway-mac
            -a -t 10.0.0.1:80 -r 10.1.0.1          , there is no service 10.0.0.1-80-tcp at this point
            -new_hc 10.1.0.1                       , the mark is missing
            -A -t 10.0.0.1                         , the service is missing
            -A -t 10.0.0:80                        , '10.0.0' does not appear to be an IPv4 or IPv6 address
            -A -t 10.0.0.1:80 -wieght 5            , the client has no flag -wieght
            """)
    void whatCannotBeCarriedOverIsSaidAndNothingIsPrinted(String command, String reason) throws IOException {
        assertThat(convert(1, "-A -t 10.9.9.9:80", command))
                .contains("line 2: ./katran_goclient " + command)
                .contains(reason)
                .contains("1 commands cannot be carried over")
                .doesNotContain("{");
    }

    /** What the converter prints, also as errors, when it ends with a status. */
    private String convert(int status, String... commands) throws IOException {
        Path file = directory.resolve("commands.txt");
        Files.writeString(
                file,
                Arrays.stream(commands).map("./katran_goclient %s\n"::formatted).collect(Collectors.joining()));
        return Commands.run("bash", "-c", "%s <%s; [[ $? == %d ]]".formatted(CONVERTER, file, status));
    }
}

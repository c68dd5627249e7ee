package io.makolb.web.contract;

import static io.makolb.web.contract.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.MemoryKernel;
import io.restassured.response.Response;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** With {@code mako.api.require-if-match} no write goes without a precondition, and none is refused that has one. */
@ContractTest
@TestPropertySource(properties = "mako.api.require-if-match=true")
class RequiredPreconditionTests {

    @Autowired
    private MemoryKernel kernel;

    @BeforeEach
    void configure() {
        OperationTable.configure();
    }

    static Stream<Row> writes() {
        return OperationTable.ROWS.stream().filter(Row::writes);
    }

    static Stream<Row> others() {
        return OperationTable.ROWS.stream().filter(row -> !row.writes() && row.kind() != Row.Kind.STREAM);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteMustSayWhatItExpects(Row row) {
        boolean creates = row.method().equals("POST") && row.absent() == Row.Absent.CREATED;
        boolean present = !creates;
        Before before = Before.of(row.targetPath(present), kernel);
        for (String query : new String[] {"", "?dryRun=true"}) {
            Response refused = row.send(given(), present, query);

            assertProblem(refused, 428, "precondition-required", "/api/v1" + row.path(present), before.revision());
            assertThat(refused.header("ETag")).isNull();
            before.assertNothingChanged(row.targetPath(present), kernel);
        }
        Demand demand = creates ? Demand.ABSENCE : Demand.THE_CURRENT_TAG;

        Response made = row.send(demand.of(given(), before.tag()), present, "");

        assertThat(made.statusCode()).as(made.asString()).isBetween(200, 204);
        assertThat(made.header("Mako-Changed")).isEqualTo(Boolean.toString(row.effect()));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatHasNoTagNeedsNone(Row row) {
        // A purge has to name what it is about.
        String query = row.method().equals("DELETE") ? "?all=true" : "";

        assertThat(row.send(given(), true, query).statusCode()).isEqualTo(200);
    }
}

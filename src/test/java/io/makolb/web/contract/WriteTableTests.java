package io.makolb.web.contract;

import static io.makolb.web.contract.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.MemoryKernel;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Every write of the table, on a target that exists and on one that does not, under every demand, as a dry run and for real. */
@ContractTest
class WriteTableTests {

    @Autowired
    private MemoryKernel kernel;

    @BeforeEach
    void configure() {
        OperationTable.configure();
    }

    static Stream<Row> writes() {
        return OperationTable.ROWS.stream().filter(Row::writes);
    }

    static Stream<Arguments> cells() {
        return writes().flatMap(row -> Stream.of(true, false)
                .filter(present -> present || row.absent() != Row.Absent.NEVER)
                .flatMap(present -> Arrays.stream(Demand.values()).map(demand -> Arguments.of(row, present, demand))));
    }

    @ParameterizedTest(name = "{0}, target there: {1}, demanding {2}")
    @MethodSource("cells")
    void aWriteIsPlannedThenMadeThenRepeatedOrRefusedAllAlong(Row row, boolean present, Demand demand) {
        Before before = Before.of(row.targetPath(present), kernel);
        Refused refusal = refusal(row, present, demand);

        Response planned = row.send(demand.of(given(), before.tag()), present, "?dryRun=true");
        if (refusal == null) {
            assertPlanned(row, before, planned);
            before.assertNothingChanged(row.targetPath(present), kernel);
        } else {
            assertRefused(row, present, before, planned, refusal);
        }

        Response made = row.send(demand.of(given(), before.tag()), present, "");
        if (refusal == null) {
            assertMade(row, present, before, made);
            assertRepeatedWithoutEffect(row, present);
        } else {
            assertRefused(row, present, before, made, refusal);
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteUnderAParentThatDoesNotExistMissesIt(Row row) {
        if (row.pattern().indexOf('{') == row.pattern().lastIndexOf('{')) {
            return; // it has no parent
        }
        Row orphan = row.with("vip", OperationTable.VARIABLES.get("vip").absent());
        Before before = Before.of("/config", kernel);

        Response answer = orphan.send(given(), true, "");

        assertProblem(answer, 404, "not-found", "/api/v1" + orphan.path(true), before.revision());
        assertThat(answer.jsonPath().getString("detail")).contains("no VIP");
        before.assertNothingChanged("/config", kernel);
    }

    /** What a write is refused with. */
    private record Refused(int status, String name) {}

    private static Refused refusal(Row row, boolean present, Demand demand) {
        if (!present && row.absent() == Row.Absent.IMPOSSIBLE) {
            return new Refused(404, "not-found");
        }
        if (!demand.isMet(present)) {
            return new Refused(412, "stale-etag");
        }
        if (present && row.absent() == Row.Absent.CREATED && row.method().equals("POST")) {
            return new Refused(409, "already-exists");
        }
        return present || row.absent() == Row.Absent.CREATED ? null : new Refused(404, "not-found");
    }

    private void assertMade(Row row, boolean present, Before before, Response answer) {
        boolean deletes = row.method().equals("DELETE");
        boolean created = !present;
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(deletes ? 204 : created ? 201 : 200);
        boolean changed = row.effect() || created;
        long revision = before.revision() + (changed ? 1 : 0);
        assertThat(answer.header("Mako-Changed")).isEqualTo(Boolean.toString(changed));
        assertThat(answer.header("Mako-Revision")).isEqualTo(Long.toString(revision));
        assertThat(answer.header("Location")).isEqualTo(created ? "/api/v1" + row.targetPath(false) : null);
        assertThat(answer.header("Content-Location")).isNull();
        assertThat(answer.header("Retry-After")).isNull();
        Response read = given().get(row.targetPath(present));
        if (deletes) {
            assertThat(answer.asString()).isEmpty();
            assertThat(answer.header("ETag")).isNull();
            assertThat(read.statusCode()).isEqualTo(row.absent() == Row.Absent.NEVER ? 200 : 404);
        } else {
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(answer.header("ETag")).isEqualTo(changed ? "\"" + revision + "\"" : before.tag());
            assertThat(read.statusCode()).isEqualTo(200);
            assertThat(read.asString()).isEqualTo(answer.asString());
            assertThat(read.header("ETag")).isEqualTo(answer.header("ETag"));
        }
        assertThat(given().get("/config").header("ETag")).isEqualTo("\"" + revision + "\"");
        assertThat(kernel.writes() > before.kernelWrites())
                .as("written to the kernel")
                .isEqualTo(changed);
    }

    private void assertRepeatedWithoutEffect(Row row, boolean present) {
        Before before = Before.of(row.targetPath(present), kernel);

        Response again = row.send(given(), present, "");

        if (row.method().equals("DELETE")) {
            assertThat(again.statusCode()).isEqualTo(row.absent() == Row.Absent.NEVER ? 409 : 404);
        } else if (row.method().equals("POST") && row.absent() == Row.Absent.CREATED) {
            assertProblem(again, 409, "already-exists");
        } else {
            assertThat(again.statusCode()).as(again.asString()).isEqualTo(200);
            assertThat(again.header("Mako-Changed")).isEqualTo("false");
            assertThat(again.header("Mako-Revision")).isEqualTo(Long.toString(before.revision()));
            assertThat(again.header("ETag")).isEqualTo(before.tag());
            assertThat(again.header("Location")).isNull();
        }
        before.assertNothingChanged(row.targetPath(present), kernel);
    }

    private static void assertPlanned(Row row, Before before, Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.jsonPath().getMap("").keySet()).containsExactly("baseRevision", "changes", "effect");
        assertThat(answer.jsonPath().getLong("baseRevision")).isEqualTo(before.revision());
        assertThat(answer.jsonPath().getList("changes").isEmpty()).isNotEqualTo(row.effect() || before.tag() == null);
        assertThat(answer.jsonPath().getMap("effect.vips")).isNotNull();
        assertThat(answer.header("Mako-Changed")).isEqualTo("false");
        assertThat(answer.header("Mako-Revision")).isEqualTo(Long.toString(before.revision()));
        for (String header : new String[] {"ETag", "Location", "Content-Location", "Retry-After"}) {
            assertThat(answer.header(header)).as(header).isNull();
        }
    }

    private void assertRefused(Row row, boolean present, Before before, Response answer, Refused refusal) {
        assertProblem(answer, refusal.status(), refusal.name(), "/api/v1" + row.path(present), before.revision());
        assertThat(answer.header("ETag")).isEqualTo(refusal.status() == 412 ? before.tag() : null);
        before.assertNothingChanged(row.targetPath(present), kernel);
    }
}

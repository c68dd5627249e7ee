package io.makolb.web.contract;

import static io.makolb.web.contract.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.HostAddresses;
import io.makolb.balancer.MortalStore;
import io.makolb.balancer.Precondition;
import io.makolb.balancer.Submission;
import io.makolb.model.Change;
import io.makolb.model.Refusal;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.MemoryPlane;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneFullException;
import io.makolb.store.Retention;
import io.makolb.store.SqliteStore;
import io.makolb.store.Store;
import io.makolb.store.StoreFailures;
import io.makolb.web.problem.ProblemName;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.web.util.HtmlUtils;

/** Every name of the catalogue is provoked over HTTP; what no request can provoke says so on its page. */
@Tag("contract")
@ExtendWith(FreshConfiguration.class)
@SpringBootTest(
        classes = {MemoryApplication.class, ProblemCatalogueTests.Breakable.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.allow-bean-definition-overriding=true",
            "server.tomcat.connection-timeout=2s",
            "mako.dataplane.interfaces=eth0,eth1",
            "mako.api.require-if-match=true",
            "mako.api.write-timeout=1s",
            "mako.events.max-streams=0"
        })
class ProblemCatalogueTests {

    private static final String JSON = "application/json";
    private static final String VIP = "/vips/10.200.1.1-80-tcp";
    private static final String REALS = VIP + "/reals";

    /** Names that a client can rely on, but never meets in this version. */
    private static final Set<ProblemName> SILENT = EnumSet.of(ProblemName.STARTING, ProblemName.TOO_DISRUPTIVE);

    /** Revisions that are kept. */
    private static final int KEPT = 5;

    /** Parts of the application that can be broken on purpose. */
    static class Breakable {

        @Bean
        MemoryKernel kernel() {
            return new MemoryKernel(MemoryApplication.LIMITS, "eth0", "eth1");
        }

        @Bean
        ForwardingPlane memoryPlane(MemoryKernel kernel) {
            return MemoryPlane.withoutPrefixes(kernel);
        }

        @Bean
        MortalStore temporaryStore() throws IOException {
            Store store = new SqliteStore(
                    Files.createTempDirectory("mako-problems").resolve("mako.db"), new Retention(KEPT, 0));
            return new MortalStore(store);
        }

        @Bean
        AtomicReference<RuntimeException> defect() {
            return new AtomicReference<>();
        }

        @Bean
        HostAddresses ownAddresses(AtomicReference<RuntimeException> defect) {
            return () -> {
                RuntimeException failure = defect.get();
                if (failure != null) {
                    throw failure;
                }
                return Set.of(MemoryApplication.OWN);
            };
        }
    }

    @Autowired
    private MemoryKernel kernel;

    @Autowired
    private MortalStore store;

    @Autowired
    private ForwardingPlane plane;

    @Autowired
    private Balancer balancer;

    @Autowired
    private AtomicReference<RuntimeException> defect;

    @AfterEach
    void heal() {
        defect.set(null);
        given().contentType(JSON).body("{\"from\":\"STORE\"}").post("/dataplane/adopt");
    }

    @ParameterizedTest
    @EnumSource(ProblemName.class)
    void everyNameCanBeMetAndHasItsPage(ProblemName name) throws IOException {
        OperationTable.configure();
        if (SILENT.contains(name)) {
            assertThat(name.meaning()).contains("This version never answers it");
        } else if (name == ProblemName.REQUEST_TIMEOUT) {
            Raw answer = Raw.send(
                    "PUT /api/v1" + VIP + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nIf-Match: *\r\n"
                            + "Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
                    new byte[0]);
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.json().getString("type")).isEqualTo(name.type());
            assertThat(answer.json().getString("remedy")).isEqualTo(name.remedy());
        } else {
            Response answer = provoke(name);
            assertProblem(answer, name.status(), name.toString());
            assertThat(answer.jsonPath().getString("title")).isEqualTo(name.title());
            Set<ProblemName> fromTheKernel =
                    EnumSet.of(ProblemName.KERNEL_MEMORY, ProblemName.PLANE_UNAVAILABLE, ProblemName.CAPACITY);
            assertThat(answer.jsonPath().getMap("").containsKey("errno")).isEqualTo(fromTheKernel.contains(name));
        }
        assertPage(name);
    }

    @Test
    void aRevisionThatWasPrunedIsNotFoundAndSaysSo() {
        long pruned = Long.parseLong(
                put(VIP, "{\"description\":\"0\"}", "If-None-Match").header("Mako-Revision"));
        for (int n = 1; n <= KEPT; n++) {
            put(VIP, "{\"description\":\"" + n + "\"}").then().statusCode(200);
        }

        Response answer = given().get("/revisions/" + pruned);

        assertProblem(answer, 404, "not-found");
        assertThat(answer.jsonPath().getString("detail"))
                .isEqualTo("Revision " + pruned + " was pruned; the oldest that is kept is " + (pruned + 1) + ".");
        assertThat(answer.jsonPath().getString("remedy")).contains("mako.store.keep-revisions");
        given().get("/revisions/" + (pruned + 1)).then().statusCode(200);
    }

    @Test
    void whereThereAreSeveralInterfacesNoneIsTheOnlyOne() {
        for (Response answer : List.of(
                given().get("/dataplane/gateway"), put("/dataplane/gateway", "{\"mac\":\"02:00:00:00:00:01\"}"))) {
            assertProblem(answer, 409, "several-interfaces");
            assertThat(answer.jsonPath().getString("remedy")).contains("/dataplane/interfaces/");
        }
        given().get("/dataplane/interfaces/eth1").then().statusCode(200).body("gateway.mac", equalTo("auto"));
    }

    private Response provoke(ProblemName name) throws IOException {
        return switch (name) {
            case MALFORMED_JSON -> put(VIP, "{");
            case UNKNOWN_FIELD -> put(VIP, "{\"flag\":[]}");
            case DUPLICATE_FIELD -> put(VIP, "{\"flags\":[],\"flags\":[]}");
            case UNKNOWN_PARAMETER -> put(VIP + "?dryrun=true", "{}");
            case MALFORMED_ID -> put("/vips/10.200.1.1:80", "{}");
            case MALFORMED_HEADER ->
                json(given().header("If-Match", "17"), "{}").put(VIP);
            case BAD_REQUEST -> write().get(VIP + ";x=y");
            case FOREIGN_ORIGIN ->
                given().header("Origin", "http://evil.example").get("/vips");
            case NOT_FOUND -> put("/vips/10.200.9.9-80-tcp/reals", "{\"items\":[]}", "If-None-Match");
            case METHOD_NOT_ALLOWED -> given().delete("/vips");
            case NOT_ACCEPTABLE -> given().accept("application/xml").get("/vips");
            case ALREADY_EXISTS ->
                json(write(), "{\"address\":\"10.200.1.1\",\"port\":80,\"protocol\":\"tcp\"}")
                        .post("/vips");
            case FOREIGN_PLANE -> foreign();
            case IN_USE -> put("/vips/10.255.0.1-0-tcp", "{}", "If-None-Match");
            case SEVERAL_INTERFACES -> given().get("/dataplane/gateway");
            case NOT_ATTACHED -> {
                write().delete("/dataplane/attachment").then().statusCode(204);
                yield write().delete("/dataplane/attachment");
            }
            case STALE_ETAG ->
                json(given().header("If-Match", "\"1234567\""), "{}").put(VIP);
            case BODY_TOO_LARGE -> put(VIP, " ".repeat(2 << 20) + "{}");
            case UNSUPPORTED_MEDIA_TYPE ->
                write().contentType("text/plain").body("{}").put(VIP);
            case FOREIGN_HOST -> given().header("Host", "evil.example").get("/vips");
            case INVALID_VALUE -> put(REALS + "/10.0.0.1", "{\"weight\":-1}");
            case KEY_MISMATCH -> put(VIP, "{\"port\":81}");
            case WRONG_FAMILY -> {
                put("/vips/fc00:1::1-80-tcp", "{}", "If-None-Match").then().statusCode(201);
                yield put("/vips/fc00:1::1-80-tcp/reals/10.0.0.1", "{}", "If-None-Match");
            }
            case HOST_BITS -> put("/vips/10.0.0.1_8-80-tcp", "{}");
            case PARTIAL_COLLECTION -> put(REALS, "{\"items\":[],\"next\":\"x\"}");
            case DUPLICATE_MEMBER -> put(REALS, "{\"items\":[{\"address\":\"10.0.0.1\"},{\"address\":\"10.0.0.1\"}]}");
            case FEATURE_OFF -> put("/vips/198.51.100.0_24-80-tcp", "{}", "If-None-Match");
            case PRECONDITION_REQUIRED -> json(given(), "{}").put(VIP);
            case RATE_LIMITED -> given().accept("text/event-stream").get("/events");
            case INTERNAL_ERROR -> {
                defect.set(new IllegalStateException("a defect that a test made"));
                yield put("/vips/10.200.9.9-80-tcp?dryRun=true", "{}", "If-None-Match");
            }
            case WRITER_BUSY -> busy();
            case STORE_UNAVAILABLE -> {
                store.failCommit(StoreFailures.unavailable());
                yield put(VIP, "{\"description\":\"x\"}");
            }
            case PLANE_UNAVAILABLE -> {
                kernel.failStaging(new PlaneException("A table cannot be written: no such device.", 19, null));
                yield put(VIP, "{\"description\":\"x\"}");
            }
            case OUTCOME_UNKNOWN -> {
                // Whoever holds it holds the kernel: the writer waits, and its askers do not for ever.
                synchronized (kernel) {
                    yield put(VIP, "{\"description\":\"x\"}");
                }
            }
            case CAPACITY -> {
                kernel.failStaging(new PlaneFullException(
                        PlaneFullException.Limit.REALS, 4095, 4095, "The table of reals is full.", 7));
                yield put(VIP, "{\"description\":\"x\"}");
            }
            case STORE_FULL -> {
                store.failCommit(StoreFailures.full());
                yield put(VIP, "{\"description\":\"x\"}");
            }
            case KERNEL_MEMORY -> {
                kernel.failStaging(new PlaneFullException(
                        PlaneFullException.Limit.KERNEL_MEMORY, 0, 0, "The kernel has no memory for a ring.", 12));
                yield put(VIP, "{\"description\":\"x\"}");
            }
            default ->
                throw new AssertionError(
                        "Nobody provokes " + name
                                + ": add a case to ProblemCatalogueTests.provoke, a request that is answered with it. If no"
                                + " request can be, add it to SILENT, and let its meaning say that this version never answers it.");
        };
    }

    /** The store went on without this process, and the plane is somebody else's by now. */
    private Response foreign() {
        plane.claim(UUID.randomUUID(), 1);
        store.failAfterCommit(StoreFailures.unknown());
        assertProblem(put(VIP, "{\"description\":\"x\"}"), 503, "outcome-unknown");
        return put(VIP, "{\"description\":\"y\"}");
    }

    /** While the writer waits for the kernel, others fill the queue. */
    private Response busy() {
        synchronized (kernel) {
            boolean full = false;
            while (!full) {
                try {
                    balancer.submit(new Submission(
                            new Change.SetAttachment(false), new Precondition.None(), "somebody", "", false, false));
                } catch (Refusal refusal) {
                    full = true;
                }
            }
            return put(VIP, "{\"description\":\"x\"}");
        }
    }

    private static void assertPage(ProblemName name) {
        Response page = given().basePath("/").get("/problems/" + name);
        assertThat(page.jsonPath().getString("type")).isEqualTo(name.type());
        assertThat(page.jsonPath().getInt("status")).isEqualTo(name.status());
        Response html = given().basePath("/").accept("text/html").get("/problems/" + name);
        assertThat(html.contentType()).startsWith("text/html");
        for (String part : new String[] {"title", "meaning", "cause", "remedy"}) {
            String text = page.jsonPath().getString(part);
            assertThat(text).as(part).isNotBlank().doesNotContain("See the detail", "See 'errors'");
            assertThat(html.asString()).contains(HtmlUtils.htmlEscape(text));
        }
    }

    private static RequestSpecification write() {
        return given().header("If-Match", "*");
    }

    private static RequestSpecification json(RequestSpecification request, String body) {
        return request.contentType(JSON).body(body);
    }

    private static Response put(String path, String body) {
        return put(path, body, "If-Match");
    }

    private static Response put(String path, String body, String condition) {
        return json(given().header(condition, "*"), body).put(path);
    }
}

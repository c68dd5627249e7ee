package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;

import io.makolb.balancer.Balancer;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

@ContractTest
@Timeout(60)
class EventTests {

    private static final String VIP = "10.200.1.1-80-tcp";

    @Autowired
    private Balancer balancer;

    private final List<EventSource> open = new ArrayList<>();

    private EventSource follow(String query, String lastId) throws Exception {
        // The server may not have noticed yet that the readers of the test before are gone.
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            Optional<EventSource> source = EventSource.tryOpen("/api/v1/events" + query, lastId);
            source.ifPresent(open::add);
            return source.isPresent();
        });
        return open.get(open.size() - 1);
    }

    @AfterEach
    void hangUp() throws Exception {
        for (EventSource source : open) {
            source.close();
        }
    }

    private static void put(String vip, String message) {
        given().contentType("application/json")
                .header("X-Change-Message", message)
                .body("{}")
                .put("/vips/" + vip)
                .then()
                .statusCode(201);
    }

    @Test
    void aChangeIsAnEventWithItsRevisionAuthorMessageAndResources() throws Exception {
        EventSource events = follow("", "");

        put(VIP, "ticket 4711");

        EventSource.Message event = events.next();
        assertThat(event.name()).isEqualTo("configuration");
        JsonPath body = JsonPath.from(event.data());
        assertThat(event.id()).endsWith("-" + body.getLong("revision"));
        assertThat(body.getString("type")).isEqualTo("configuration");
        assertThat(body.getString("at")).matches("20..-..-..T.*Z");
        assertThat(body.getString("author")).isEqualTo("127.0.0.1");
        assertThat(body.getString("message")).isEqualTo("ticket 4711");
        assertThat(body.getString("sentence")).contains("ticket 4711");
        assertThat(body.getList("changes.kind")).containsExactly("CREATED");
        assertThat(body.getList("changes.resource")).containsExactly("vips/" + VIP);
        EventSource.Message applied = events.next();
        assertThat(applied.name()).isEqualTo("applied");
        assertThat(JsonPath.from(applied.data()).getList("resources")).containsExactly("dataplane");
    }

    @Test
    void whatTheMachineSaysIsAnEvent() throws Exception {
        EventSource events = follow("?type=gateway-learned,gateway-lost", "");

        balancer.observe(new Observation.GatewayMac("eth0", Optional.of(MacAddress.parse("02:00:00:00:02:01"))));
        assertThat(events.next().data()).contains("02:00:00:00:02:01", "\"dataplane/interfaces/eth0\"");
        balancer.observe(new Observation.GatewayMac("eth0", Optional.empty()));
        assertThat(events.next().name()).isEqualTo("gateway-lost");
    }

    @Test
    void whoComesBackGetsWhatWasMissed() throws Exception {
        EventSource events = follow("", "");
        put(VIP, "");
        String last = events.next().id();
        events.close();
        put("10.200.1.2-80-tcp", "");

        EventSource again = follow("", last);

        assertThat(again.next().name()).isEqualTo("applied");
        assertThat(again.next().data()).contains("10.200.1.2-80-tcp");
    }

    @Test
    void whoComesBackTooLateIsToldToReadAgain() throws Exception {
        EventSource events = follow("", "00000000-00000000-3-2");

        EventSource.Message reset = events.next();
        assertThat(reset.name()).isEqualTo("reset");
        assertThat(reset.data()).contains("restarted", "Read everything again");
        assertThat(reset.id()).isNotEmpty();
        put(VIP, "");
        EventSource again = follow("", reset.id());
        assertThat(again.next().name()).isEqualTo("configuration");
    }

    @Test
    void aSilentStreamIsKeptAliveAndItsIdMovesOn() throws Exception {
        EventSource events = follow("?type=drift-found", "");
        assertThat(events.comment()).isEqualTo("events follow");
        put(VIP, "");

        await().until(() -> {
            assertThat(events.comment()).isEqualTo("heartbeat");
            return events.lastId().endsWith("-" + revision());
        });

        EventSource again = follow("", events.lastId());
        put("10.200.1.2-80-tcp", "");
        assertThat(again.next().data()).contains("10.200.1.2-80-tcp");
    }

    private static long revision() {
        return Long.parseLong(given().get("/vips").header("Mako-Revision"));
    }

    @Test
    void thereIsALimitAndAPlaceIsFreeWhenItsReaderIsGone() throws Exception {
        for (int i = 0; i < 4; i++) {
            follow("", "");
        }

        given().accept("text/event-stream")
                .get("/events")
                .then()
                .statusCode(429)
                .header("Retry-After", equalTo("1"))
                .body("type", endsWith("/rate-limited"))
                .body("detail", equalTo("There are 4 streams of events already."))
                .body("remedy", containsString("mako.events.max-streams"));

        open.get(0).close();
        assertThat(follow("", "").comment()).isEqualTo("events follow");
    }

    @Test
    void anUnknownTypeIsRefused() {
        given().get("/events?type=configuration,aplied")
                .then()
                .statusCode(422)
                .body("detail", containsString("aplied"))
                .body("remedy", equalTo("Did you mean 'applied'?"));
        given().get("/events?type=").then().statusCode(422);
        given().get("/events?types=applied").then().statusCode(400);
        given().accept("application/json").get("/events").then().statusCode(406);
    }
}

package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ContractTest
class LabelTests {

    @BeforeEach
    void configure() {
        given().contentType("application/json").body("""
                        {"vips": {
                          "10.200.1.1-80-tcp": {"labels": {"env": "prod", "team": "a"}},
                          "10.200.1.2-80-tcp": {"labels": {"env": "prod"}},
                          "10.200.1.3-80-tcp": {"labels": {"env": "test", "team": "a"}},
                          "10.200.1.4-80-tcp": {"labels": {"env": "prod", "team": "b"}}}}""").put("/config").then().statusCode(200);
    }

    @Test
    void vipsAreSelectedByTheirLabels() {
        given().get("/vips?label=env%3Dprod")
                .then()
                .statusCode(200)
                .body("items.id", contains("10.200.1.1-80-tcp", "10.200.1.2-80-tcp", "10.200.1.4-80-tcp"));
        given().get("/vips?label=env=prod,team")
                .then()
                .body("items.id", contains("10.200.1.1-80-tcp", "10.200.1.4-80-tcp"));
        given().get("/vips?label=env%3Dprod%2Cteam%3Da&include=status")
                .then()
                .body("items.id", contains("10.200.1.1-80-tcp"))
                .body("items[0].status.state", equalTo("APPLIED"));
        given().get("/vips?label=owner").then().statusCode(200).body("items", empty());
    }

    @Test
    void whatIsSelectedComesInPages() {
        Response first = given().get("/vips?label=env%3Dprod&limit=2");
        first.then().body("items.id", contains("10.200.1.1-80-tcp", "10.200.1.2-80-tcp"));

        given().get("/vips?label=env%3Dprod&limit=2&cursor=" + first.jsonPath().getString("next"))
                .then()
                .body("items.id", contains("10.200.1.4-80-tcp"))
                .body("next", nullValue());
    }

    @Test
    void whatIsNoSelectorIsRefusedWithTheSyntax() {
        given().get("/vips?label=env!%3Dprod")
                .then()
                .statusCode(400)
                .body("type", endsWith("/bad-request"))
                .body("detail", containsString("env!=prod"))
                .body("remedy", containsString("?label=env%3Dprod,team"));
        given().get("/vips?label=env&label=team").then().statusCode(400).body("type", endsWith("/unknown-parameter"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a b\":\"x\"}        | /labels/a b | name-characters",
                "{\"-a\":\"x\"}         | /labels/-a  | name-characters",
                "{\"a\":\"x,y\"}        | /labels/a   | value-characters",
                "{\"a\":\"x\\u0007\"}   | /labels/a   | value-characters"
            })
    void labelsThatNoSelectorCouldNameAreRefused(String labels, String pointer, String code) {
        given().contentType("application/json")
                .body("{\"labels\":" + labels + "}")
                .put("/vips/10.200.1.1-80-tcp")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains(pointer))
                .body("errors.code", contains(code));
    }
}

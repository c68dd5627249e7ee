package io.makolb.web.contract;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.core.env.Environment;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Before each test: nothing is configured, requests go to the running server, and its answers are held to the published
 * description.
 */
class FreshConfiguration implements BeforeEachCallback {

    private static final PublishedAnswers PUBLISHED = new PublishedAnswers();

    @Override
    public void beforeEach(ExtensionContext context) {
        Environment environment = SpringExtension.getApplicationContext(context).getEnvironment();
        RestAssured.baseURI = "http://127.0.0.1";
        RestAssured.port = environment.getRequiredProperty("local.server.port", Integer.class);
        RestAssured.basePath = "/api/v1";
        RestAssured.urlEncodingEnabled = false;
        RestAssured.config = RestAssured.config()
                .encoderConfig(EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                        .encodeContentTypeAs("application/x-ndjson", ContentType.TEXT));
        RestAssured.replaceFiltersWith(PUBLISHED);
        given().contentType("application/json")
                .header("If-Match", "*")
                .body("{\"attachment\":{\"attached\":true},\"quicServerIds\":{},\"sourceRoutes\":{}}")
                .put("/config")
                .then()
                .statusCode(200);
    }
}

package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The published description and the code say the same. */
@ContractTest
class OpenApiTests {

    private static final Path PUBLISHED = Path.of("openapi", "openapi.yaml");
    private static final int SHOWN = 40;

    @Test
    void thePublishedDescriptionIsWhatTheServerSays() throws IOException {
        String served = given().basePath("/").get("/v3/api-docs.yaml").asString();
        if (Boolean.getBoolean("mako.openapi.write")) {
            Files.writeString(PUBLISHED, served);
        }

        String published = Files.exists(PUBLISHED) ? Files.readString(PUBLISHED) : "";

        assertThat(difference(published.lines().toList(), served.lines().toList()))
                .as("openapi/openapi.yaml differs from the code. If the change is meant, write it anew: mvn test"
                        + " -Dmako.test.excludedGroups= -Dmako.test.groups=contract -Dtest=OpenApiTests"
                        + " -Dmako.openapi.write=true")
                .isEmpty();
    }

    @Test
    void thePagesOfTheDescriptionAreServed() {
        given().basePath("/").get("/swagger-ui.html").then().statusCode(200);
        given().basePath("/").get("/v3/api-docs/swagger-config").then().statusCode(200);
    }

    /** Lines around the first place where both differ. */
    private static List<String> difference(List<String> published, List<String> served) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        int end = Math.min(published.size(), served.size());
        while (from < end && published.get(from).equals(served.get(from))) {
            from++;
        }
        int cut = 0;
        while (cut < end - from
                && published.get(published.size() - 1 - cut).equals(served.get(served.size() - 1 - cut))) {
            cut++;
        }
        published.subList(from, published.size() - cut).stream().limit(SHOWN).forEach(line -> lines.add("- " + line));
        served.subList(from, served.size() - cut).stream().limit(SHOWN).forEach(line -> lines.add("+ " + line));
        return lines;
    }
}

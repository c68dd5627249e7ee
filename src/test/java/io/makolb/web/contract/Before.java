package io.makolb.web.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.MemoryKernel;
import io.restassured.response.Response;
import org.jspecify.annotations.Nullable;

/**
 * How things stand before a request.
 *
 * @param configuration the whole document
 * @param revision of it
 * @param tag of the target; null: it does not exist
 * @param kernelWrites since the start
 */
record Before(String configuration, long revision, @Nullable String tag, int kernelWrites) {

    static Before of(String target, MemoryKernel kernel) {
        Response config = given().get("/config");
        String tag = given().get(target).header("ETag");
        return new Before(config.asString(), revision(config), tag, kernel.writes());
    }

    private static long revision(Response config) {
        return Long.parseLong(config.header("Mako-Revision"));
    }

    /** Checks that nothing has happened since, durably, in the kernel or to a tag. */
    void assertNothingChanged(String target, MemoryKernel kernel) {
        Response config = given().get("/config");
        assertThat(config.asString()).isEqualTo(configuration);
        assertThat(revision(config)).as("revision").isEqualTo(revision);
        assertThat(config.header("ETag")).isEqualTo("\"" + revision + "\"");
        assertThat(given().get(target).header("ETag")).isEqualTo(tag);
        assertThat(kernel.writes()).as("kernel writes").isEqualTo(kernelWrites);
    }
}

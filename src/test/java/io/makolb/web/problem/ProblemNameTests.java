package io.makolb.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.Reason;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemNameTests {

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyRefusalHasAProblem(Reason reason) {
        assertThat(ProblemName.of(reason).name()).isEqualTo(reason.name());
    }

    /** The table of the API's contract. */
    @ParameterizedTest
    @CsvSource({
        "400, 'malformed-json unknown-field duplicate-field unknown-parameter malformed-id'",
        "404, not-found",
        "405, method-not-allowed",
        "406, not-acceptable",
        "409, 'already-exists foreign-plane in-use several-interfaces not-attached'",
        "412, stale-etag",
        "413, body-too-large",
        "415, unsupported-media-type",
        "422, 'invalid-value key-mismatch wrong-family host-bits partial-collection duplicate-member'",
        "422, 'feature-off too-disruptive'",
        "428, precondition-required",
        "503, 'writer-busy store-unavailable plane-unavailable outcome-unknown starting'",
        "507, 'capacity store-full kernel-memory'"
    })
    void statusesAreThoseOfTheContract(int status, String names) {
        for (String name : names.split(" ")) {
            ProblemName problem =
                    ProblemName.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.type()).isEqualTo("tag:makolb.io,2026:problem/" + name);
        }
    }
}

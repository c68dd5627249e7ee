package io.makolb.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.makolb.balancer.Precondition;
import io.makolb.web.problem.ProblemException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntityTagsTests {

    @Test
    void headersBecomePreconditions() {
        assertThat(precondition(null, null)).isEqualTo(new Precondition.None());
        assertThat(precondition("*", null)).isEqualTo(new Precondition.IfExists());
        assertThat(precondition(null, " * ")).isEqualTo(new Precondition.IfAbsent());
        assertThat(precondition("\"17\"", null)).isEqualTo(new Precondition.IfMatch(Set.of(17L)));
        assertThat(precondition("\"17\" , \"0\",\"9\"", null)).isEqualTo(new Precondition.IfMatch(Set.of(17L, 0L, 9L)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"17\"", "\"abc\"", "\"017\"", "\"\"", "\"+17\"", "\"99999999999999999999\"", "\"1,2\""})
    void tagsThatWereNeverGivenOutMatchNothing(String header) {
        assertThat(precondition(header, null)).isEqualTo(new Precondition.IfMatch(Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "17",
                "",
                " ",
                "\"17",
                "17\"",
                "\"1\" \"2\"",
                "\"1\",",
                ",\"1\"",
                "\"1\";\"2\"",
                "*,\"1\"",
                "w/\"1\""
            })
    void whatIsNoListOfTagsIsRefused(String header) {
        assertThat(refusal(header, null)).hasToString("malformed-header");
    }

    @Test
    void contradictionsAreRefused() {
        assertThat(refusal("\"1\"", "*")).hasToString("malformed-header");
        assertThat(refusal(null, "\"1\"")).hasToString("malformed-header");
    }

    private static Precondition precondition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return EntityTags.precondition(ifMatch, ifNoneMatch);
    }

    private static Object refusal(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> EntityTags.precondition(ifMatch, ifNoneMatch));
        assertThat(refused).isNotNull();
        return refused.problem();
    }
}

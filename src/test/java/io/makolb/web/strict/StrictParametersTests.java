package io.makolb.web.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.web.http.Paging;
import io.makolb.web.http.WriteCall;
import io.makolb.web.problem.ProblemException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;

class StrictParametersTests {

    private static final Set<String> KNOWN = Set.of("dryRun", "force");

    @ParameterizedTest
    @ValueSource(strings = {"dryRun=true", "force=true&dryRun=false", "dryRun", "", "dry%52un=true"})
    void knownParametersPassOnce(String query) {
        assertThatCode(() -> StrictParameters.check(query, KNOWN)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dryrun=true",
                "DRYRUN=true",
                "dryRun=true&dryRun=true",
                "dryRun=true&dry%52un=true",
                "dryRun=true&x=1",
                "dryRun+=true",
                "=true"
            })
    void everythingElseIsRefused(String query) {
        assertThatThrownBy(() -> StrictParameters.check(query, KNOWN)).isInstanceOf(ProblemException.class);
    }

    @Test
    void whatAHandlerTakesIsReadFromItsParameters() throws NoSuchMethodException {
        HandlerMethod handler = new HandlerMethod(
                this,
                getClass()
                        .getDeclaredMethod(
                                "handler", String.class, WriteCall.class, Paging.class, String.class, String.class));

        assertThat(StrictParameters.declaredBy(handler))
                .containsExactlyInAnyOrder("dryRun", "force", "limit", "cursor", "include", "x-y");
    }

    void handler(
            @PathVariable String vip,
            WriteCall call,
            Paging paging,
            @RequestParam String include,
            @RequestParam("x-y") String named) {}
}

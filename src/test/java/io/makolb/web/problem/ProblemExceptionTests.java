package io.makolb.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemExceptionTests {

    @ParameterizedTest
    @EnumSource(ProblemName.class)
    void whatPassesSaysWhenToTryAgainWhoeverAnswers(ProblemName name) {
        ProblemException problem = new ProblemException(name, "It does not work.", "Try again.");

        assertThat(problem.headers().containsKey("Retry-After")).isEqualTo(name.status() == 503);
    }
}

package io.makolb.web.vip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTests {

    private static final Map<String, String> LABELS = Map.of("env", "prod", "team", "", "expr", "a=b");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "env=prod | true",
                "env | true",
                "env=test | false",
                "env=prod,team | true",
                "env=prod,owner | false",
                "team= | true",
                "env= | false",
                "expr=a=b | true",
                "owner | false"
            })
    void everyPartMustHold(String selector, boolean matches) {
        assertThat(LabelSelector.of(selector).matches(LABELS)).isEqualTo(matches);
    }

    @Test
    void withoutASelectorEverythingIsSelected() {
        assertThat(LabelSelector.of(null).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "env=prod,", "=prod", "!env", "env!=prod", "env in (a)", "env,env=prod"})
    void whatIsNoSelectorIsRefused(String text) {
        assertThatThrownBy(() -> LabelSelector.of(text)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.problem()).isEqualTo(ProblemName.BAD_REQUEST);
            assertThat(problem.detail()).contains("'" + text + "'");
            assertThat(problem.remedy()).contains("key=value");
        });
    }
}

package io.makolb.web.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.makolb.web.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StrictJsonTests {

    private final JsonMapper mapper = StrictJson.configure(JsonMapper.builder()).build();

    record Sample(
            @JsonProperty(access = JsonProperty.Access.READ_ONLY) @Nullable String id,

            @Nullable Integer weight,
            @Nullable Boolean local,
            @Nullable String text,
            @Nullable Colour colour,
            @Nullable List<Sample> items,
            @Nullable Map<String, String> labels) {}

    enum Colour {
        RED,
        DARK_GREEN
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"weight\":1.9}                      | malformed-json  | /weight         | wrong-type",
                "{\"weight\":1.0}                      | malformed-json  | /weight         | wrong-type",
                "{\"weight\":1e3}                      | malformed-json  | /weight         | wrong-type",
                "{\"weight\":\"7\"}                    | malformed-json  | /weight         | wrong-type",
                "{\"weight\":\"\"}                     | malformed-json  | /weight         | wrong-type",
                "{\"weight\":true}                     | malformed-json  | /weight         | wrong-type",
                "{\"weight\":[1]}                      | malformed-json  | /weight         | wrong-type",
                "{\"weight\":99999999999}              | invalid-value   | /weight         | out-of-range",
                "{\"weight\":99999999999999999999999}  | invalid-value   | /weight         | out-of-range",
                "{\"local\":1}                         | malformed-json  | /local          | wrong-type",
                "{\"local\":\"true\"}                  | malformed-json  | /local          | wrong-type",
                "{\"text\":5}                          | malformed-json  | /text           | wrong-type",
                "{\"text\":true}                       | malformed-json  | /text           | wrong-type",
                "{\"text\":1.5}                        | malformed-json  | /text           | wrong-type",
                "{\"text\":{}}                         | malformed-json  | /text           | wrong-type",
                "{\"text\":\"\\ud83d\"}                 | malformed-json  | /text           | half-character",
                "{\"labels\":{\"a\":\"\\ude00x\"}}    | malformed-json  | /labels/a       | half-character",
                "{\"labels\":{\"\\ude00\":\"\"}}      | malformed-json  | /labels         | half-character",
                "{\"colour\":1}                        | malformed-json  | /colour         | wrong-type",
                "{\"colour\":\"\"}                     | invalid-value   | /colour         | unknown-name",
                "{\"colour\":\"red\"}                  | invalid-value   | /colour         | unknown-name",
                "{\"items\":{}}                        | malformed-json  | /items          | wrong-type",
                "{\"items\":\"\"}                      | malformed-json  | /items          | wrong-type",
                "{\"items\":[{},null]}                 | malformed-json  | /items/1        | wrong-type",
                "{\"items\":[{},{\"weight\":\"1\"}]}   | malformed-json  | /items/1/weight | wrong-type",
                "{\"labels\":{\"a/b\":1}}              | malformed-json  | /labels/a~1b    | wrong-type",
                "{\"labels\":{\"a\":null}}             | malformed-json  | /labels/a       | wrong-type",
                "{\"labels\":[]}                       | malformed-json  | /labels         | wrong-type",
                "{\"wieght\":1}                        | unknown-field   | /wieght         | unknown-field",
                "{\"items\":[{\"nope\":1}]}            | unknown-field   | /items/0/nope   | unknown-field",
                "{\"weight\":1,\"weight\":1}           | duplicate-field | /weight         | duplicate-field",
                "{\"items\":[{\"text\":\"\",\"text\":\"\"}]} | duplicate-field | /items/0/text | duplicate-field",
                "{\"labels\":{\"a\":\"\",\"a\":\"\"}}  | duplicate-field | /labels/a       | duplicate-field",
                "{\"weight\":1}{}                      | malformed-json  | ``              | trailing-data",
                "{\"weight\":1}x                       | malformed-json  | ``              | syntax",
                "[]                                    | malformed-json  | ``              | wrong-type",
                "\"\"                                  | malformed-json  | ``              | wrong-type",
                "{\"weight\":}                         | malformed-json  | ``              | syntax",
                "{\"weight\":1                         | malformed-json  | ``              | syntax",
                "{'weight':1}                          | malformed-json  | ``              | syntax",
                "{\"weight\":01}                       | malformed-json  | ``              | syntax",
                "{\"weight\":NaN}                      | malformed-json  | ``              | syntax",
                "``                                    | malformed-json  | ``              | empty",
            })
    void refusesWhatIsNotExactlyWhatTheApiNames(String json, String problem, String pointer, String code) {
        ProblemException refused = refusal(json, Sample.class);

        assertThat(refused.problem()).hasToString(problem);
        assertThat(refused.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.pointer()).isEqualTo(pointer);
            assertThat(violation.code()).isEqualTo(code);
        });
        assertThat(refused.remedy()).isNotBlank();
        assertThat(refused.detail()).doesNotContain("tools.jackson", "io.makolb", "java.lang");
    }

    @Test
    void findsDuplicatesInTreesToo() {
        ProblemException refused = refusal("{\"a\":{\"b\":1,\"b\":2}}", JsonNode.class);

        assertThat(refused.problem()).hasToString("duplicate-field");
        assertThat(refused.violations().get(0).pointer()).isEqualTo("/a/b");
    }

    @Test
    void suggestsTheMemberThatWasMeant() {
        assertThat(refusal("{\"wieght\":1}", Sample.class).remedy()).isEqualTo("Did you mean 'weight'?");
        assertThat(refusal("{\"colour\":\"DARKGREEN\"}", Sample.class).remedy())
                .isEqualTo("Did you mean 'DARK_GREEN'?");
    }

    @Test
    void ignoresReadOnlyMembers() {
        Sample sample = mapper.readValue("{\"id\":\"x\",\"weight\":3}", Sample.class);

        assertThat(sample.weight()).isEqualTo(3);
        assertThat(sample.id()).isNull();
    }

    @Test
    void takesNullForAnAbsentMember() {
        assertThat(mapper.readValue("{\"weight\":null}", Sample.class).weight()).isNull();
    }

    private ProblemException refusal(String json, Class<?> type) {
        JacksonException fault =
                catchThrowableOfType(JacksonException.class, () -> mapper.readValue(json == null ? "" : json, type));
        assertThat(fault).as(json).isNotNull();
        return JsonFaults.problem(fault);
    }
}

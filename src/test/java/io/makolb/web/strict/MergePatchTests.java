package io.makolb.web.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.web.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MergePatchTests {

    private final JsonMapper mapper = StrictJson.configure(JsonMapper.builder()).build();
    private final MergePatch patches = new MergePatch(mapper);

    record Sample(
            @Nullable Integer weight,
            @Nullable List<String> flags,
            @Nullable Map<String, String> labels,
            @Nullable Map<String, Sample> inner) {}

    /** The examples of RFC 7396 appendix A whose document and patch are objects. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":"b"}            | {"a":"c"}                   | {"a":"c"}
            {"a":"b"}            | {"b":"c"}                   | {"a":"b","b":"c"}
            {"a":"b"}            | {"a":null}                  | {}
            {"a":"b","b":"c"}    | {"a":null}                  | {"b":"c"}
            {"a":["b"]}          | {"a":"c"}                   | {"a":"c"}
            {"a":"c"}            | {"a":["b"]}                 | {"a":["b"]}
            {"a":{"b":"c"}}      | {"a":{"b":"d","c":null}}    | {"a":{"b":"d"}}
            {"a":[{"b":"c"}]}    | {"a":[1]}                   | {"a":[1]}
            {"e":null}           | {"a":1}                     | {"e":null,"a":1}
            {}                   | {"a":{"bb":{"ccc":null}}}   | {"a":{"bb":{}}}
            """)
    void mergesAsTheRfcSays(String document, String patch, String result) {
        assertThat(patches.apply(mapper.readTree(document), object(patch), JsonNode.class))
                .isEqualTo(mapper.readTree(result));
    }

    @Test
    void leavesWhatItDoesNotName() {
        Sample before = new Sample(5, List.of("x"), Map.of("a", "1", "b", "2"), null);

        assertThat(patches.apply(before, object("{\"labels\":{\"a\":null,\"c\":\"3\"},\"weight\":null}"), Sample.class))
                .isEqualTo(new Sample(null, List.of("x"), Map.of("b", "2", "c", "3"), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"wieght\":1}",
                "{\"wieght\":null}",
                "{\"wieght\":{\"a\":null}}",
                "{\"weight\":\"1\"}",
                "{\"labels\":{\"a\":1}}",
                "{\"labels\":[]}",
                "{\"flags\":[null]}",
                "{\"inner\":{\"a\":{\"wieght\":null}}}",
                "{\"inner\":{\"a\":{\"inner\":{\"b\":{\"weight\":\"1\"}}}}}"
            })
    void whatIsWrongInEveryDocumentIsFoundBeforehand(String patch) {
        assertThatThrownBy(() -> patches.check(object(patch), Sample.class)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"weight\":null}",
                "{\"labels\":null}",
                "{\"labels\":{\"a\":null}}",
                "{\"flags\":[]}",
                "{\"inner\":{\"a\":null,\"b\":{\"weight\":null,\"inner\":{\"c\":null}}}}"
            })
    void removalsAreNoMistakes(String patch) {
        patches.check(object(patch), Sample.class);
    }

    private ObjectNode object(String json) {
        return (ObjectNode) mapper.readTree(json);
    }
}

package io.makolb.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Breaks are found, additions are none. */
class BreaksTests {

    private static final String RELEASED = """
            openapi: 3.1.0
            info: {title: Small, version: v1}
            paths:
              /things/{thing}:
                get:
                  operationId: getThing
                  parameters:
                  - {name: thing, in: path, required: true, schema: {type: string}}
                  - {name: full, in: query, schema: {type: boolean}}
                  responses:
                    "200":
                      description: A thing
                      headers: {ETag: {description: A tag, schema: {type: string}}}
                      content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
                put:
                  operationId: putThing
                  parameters:
                  - {name: thing, in: path, required: true, schema: {type: string}}
                  requestBody:
                    content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
                  responses:
                    "200":
                      description: A thing
                      content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}
            components:
              schemas:
                Thing:
                  type: object
                  required: [id]
                  properties:
                    id: {type: string, readOnly: true}
                    size: {type: integer, minimum: 0, maximum: 100}
                    colour: {type: string, enum: [RED, BLUE]}
                    names: {type: array, items: {type: string}}
            """;

    @Test
    void whatIsTheSameBreaksNothing() {
        assertThat(Breaks.between(RELEASED, RELEASED)).isEmpty();
    }

    @Test
    void additionsBreakNothing() {
        String later = RELEASED.replace("    size:", "    weight: {type: integer}\n        size:")
                .replace("components:\n", """
                          /things:
                            get:
                              operationId: listThings
                              responses: {"200": {description: All}}
                        components:
                        """)
                .replace(
                        "  - {name: full,",
                        "  - {name: depth, in: query, schema: {type: integer}}\n      - {name: full,");

        assertThat(Breaks.between(RELEASED, later)).isEmpty();
        assertThat(later).contains("weight", "listThings", "depth");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "  /things/{thing}:                | /items/{thing}:             | GET /things/{thing} is gone",
                "    put:                          | post:                       | PUT /things/{thing} is gone",
                "operationId: getThing             | operationId: fetchThing     | was named getThing",
                "- {name: full, in: query, schema: {type: boolean}} | ''         | GET /things/{thing} takes less",
                "name: full, in: query,            | name: full, in: query, required: true, | demands more",
                "maximum: 100                      | maximum: 10                 | takes less",
                "'enum: [RED, BLUE]'               | 'enum: [RED]'               | takes less",
                "required: [id]                    | 'required: [id, size]'      | demands more",
                "'size: {type: integer,'           | 'size: {type: string,'      | Thing.size was [integer]",
                "items: {type: string}             | items: {type: integer}      | Thing.names[] was [string]",
                "'size: {type: integer, minimum: 0, maximum: 100}' | ''          | The member Thing.size is gone",
                "'headers: {ETag: {description: A tag, schema: {type: string}}}' | '' | GET /things/{thing} takes less",
            })
    void everythingElseDoes(String released, String later, String sentence) {
        assertThat(RELEASED).contains(released);

        assertThat(Breaks.between(RELEASED, RELEASED.replace(released, later)))
                .anySatisfy(found -> assertThat(found).contains(sentence));
    }

    @Test
    void aSchemaThatIsRenamedIsGone() {
        assertThat(Breaks.between(RELEASED, RELEASED.replace("Thing'", "Item'").replace("    Thing:", "    Item:")))
                .contains("The schema Thing is gone.");
    }
}

package io.makolb.web.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.web.http.Returns;
import io.makolb.web.http.Tagged;
import io.makolb.web.http.WriteCall;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** The table and the running server know the same operations, and the same of them. */
@ContractTest
class OperationTableTests {

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)}");

    @Autowired
    private ApplicationContext application;

    @Test
    void everyOperationHasItsRow() {
        List<String> rows =
                OperationTable.ROWS.stream().map(Row::operation).distinct().toList();
        List<String> missing = Operation.all(application).stream()
                .filter(operation -> !rows.contains(operation.toString()))
                .map(OperationTableTests::suggestion)
                .toList();

        assertThat(missing)
                .as(
                        "Operations of the server without a row in OperationTable. Add a row for each to OperationTable.ROWS,"
                                + " with a body that changes what OperationTable.CONFIGURATION holds; where CONFIGURATION has"
                                + " no such resource yet, add one. Proposed rows:")
                .isEmpty();
    }

    @Test
    void everyRowIsAnOperation() {
        List<String> operations =
                Operation.all(application).stream().map(Operation::toString).toList();

        assertThat(OperationTable.ROWS).extracting(Row::operation).isSubsetOf(operations);
    }

    @Test
    void everyPathVariableHasAnExample() {
        List<String> variables = Operation.all(application).stream()
                .flatMap(operation -> VARIABLE.matcher(operation.pattern()).results())
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();

        assertThat(OperationTable.VARIABLES.keySet())
                .as("OperationTable.VARIABLES needs an Example(present, absent) for each path variable")
                .containsAll(variables);
    }

    /** What the rows say, and tests prove, is what the description is made from. */
    @Test
    void whatAHandlerDeclaresIsWhatItsRowSays() {
        for (Operation operation : Operation.all(application)) {
            Row row = OperationTable.ROWS.stream()
                    .filter(each -> each.operation().equals(operation.toString()))
                    .findFirst()
                    .orElseThrow();
            assertThat(operation.handler().hasMethodAnnotation(Tagged.class))
                    .as("@Tagged on %s, because its answer has an ETag", operation)
                    .isEqualTo(row.kind() == Row.Kind.READ_TAGGED);
            assertThat(writes(operation))
                    .as("a WriteCall among the parameters of %s, because it changes the configuration", operation)
                    .isEqualTo(row.writes());
            assertThat(operation.handler().hasMethodAnnotation(Returns.class))
                    .as("@Returns on %s", operation)
                    .isEqualTo(row.writes());
        }
    }

    private static boolean writes(Operation operation) {
        return Arrays.stream(operation.handler().getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == WriteCall.class);
    }

    private static String suggestion(Operation operation) {
        String pattern = "\"" + operation.pattern() + "\"";
        String factory = switch (operation.method()) {
            case "GET" -> operation.handler().hasMethodAnnotation(Tagged.class) ? "readsTagged(%s)" : "reads(%s)";
            case "DELETE" -> "deletes(%s)";
            case "POST" ->
                writes(operation) ? "creates or edits(%s, \"{...}\", \"/target\")" : "commands(%s, \"{...}\")";
            default -> operation.method().equals("PUT") ? "puts(%s, \"{...}\")" : "patches(%s, \"{...}\")";
        };
        Returns returns = operation.handler().getMethodAnnotation(Returns.class);
        boolean creating = operation.method().equals("PUT") && returns != null && returns.creates();
        return factory.formatted(pattern) + (creating ? ".creating()" : "") + ",";
    }
}

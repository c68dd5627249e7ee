package io.makolb.web.openapi;

import io.swagger.v3.oas.models.Operation;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Adds to every operation what its handler shares with the others: parameters, headers, answers and problems. */
final class SharedParts implements GlobalOperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        SharedParameters.describe(operation, handler);
        Successes.describe(operation, handler);
        Problems.describe(operation, handler);
        return operation;
    }
}

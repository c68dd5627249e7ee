package io.makolb.plane;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says why the plane cannot be opened, in place of a stack trace. First: a wrong property would be a binding failure else. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class PlaneStartFailureAnalyzer extends AbstractFailureAnalyzer<PlaneStartException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, PlaneStartException cause) {
        return new FailureAnalysis(cause.description(), cause.action(), cause);
    }
}

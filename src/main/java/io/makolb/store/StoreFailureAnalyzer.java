package io.makolb.store;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two sentences why a start failed at the store. */
class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreFailure> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreFailure cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}

package io.makolb.web.guard;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how to reach the API from elsewhere without opening it to everybody. */
class OpenToNetworkAnalyzer extends AbstractFailureAnalyzer<OpenToNetworkException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, OpenToNetworkException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Leave server.address at 127.0.0.1, and reach the API from elsewhere with: ssh -L 8080:127.0.0.1:8080 <this host>",
                cause);
    }
}

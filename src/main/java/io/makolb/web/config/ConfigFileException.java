package io.makolb.web.config;

import io.makolb.model.Refusal;

/** The configuration file cannot be applied, and nothing forwards that a start could take over. */
final class ConfigFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    ConfigFileException(Refusal refusal) {
        super(refusal.detail(), refusal);
        this.remedy = refusal.remedy();
    }

    String remedy() {
        return remedy;
    }
}

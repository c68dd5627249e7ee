package io.makolb.web.contract;

import io.restassured.specification.RequestSpecification;

/** What a write demands of its target before it is made. */
enum Demand {
    NOTHING("", ""),
    THE_CURRENT_TAG("If-Match", "%s"),
    ONE_OF_SEVERAL_TAGS("If-Match", "\"1234567\", %s"),
    A_STALE_TAG("If-Match", "\"1234567\""),
    A_WEAK_TAG("If-Match", "W/%s"),
    EXISTENCE("If-Match", "*"),
    ABSENCE("If-None-Match", "*");

    private final String header;
    private final String value;

    Demand(String header, String value) {
        this.header = header;
        this.value = value;
    }

    /** Adds the header; where there is no tag, one that something once had. */
    RequestSpecification of(RequestSpecification request, String tag) {
        return header.isEmpty() ? request : request.header(header, value.formatted(tag == null ? "\"1\"" : tag));
    }

    /** Whether the demand holds. */
    boolean isMet(boolean present) {
        return switch (this) {
            case NOTHING -> true;
            case THE_CURRENT_TAG, ONE_OF_SEVERAL_TAGS, EXISTENCE -> present;
            case A_STALE_TAG, A_WEAK_TAG -> false;
            case ABSENCE -> !present;
        };
    }
}

package io.makolb.model;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where in the body, as a JSON pointer (RFC 6901); empty for the whole of it
 * @param code short machine-readable name, such as {@code leading-zeros}
 * @param message a sentence for people
 */
public record Violation(String pointer, String code, String message) {

    /** The same violation, seen from a member further up: {@code prefix} is put in front of the pointer. */
    public Violation under(String prefix) {
        return new Violation(prefix + pointer, code, message);
    }
}

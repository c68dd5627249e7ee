package io.makolb.web.http;

/**
 * Who asks for something that has no precondition and no dry run, and why.
 *
 * @param author who asks
 * @param message X-Change-Message; may be empty
 */
public record Signature(String author, String message) {}

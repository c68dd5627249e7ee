package io.makolb.web.http;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Why a change is made, in the author's words: the header {@value #HEADER}, one line of UTF-8. */
public final class ChangeMessage {

    /** Name of the header. */
    public static final String HEADER = "X-Change-Message";

    /** Most characters of a message. */
    public static final int LONGEST = 1000;

    private ChangeMessage() {}

    /**
     * The message; empty when there is none.
     *
     * @throws ProblemException it is given twice, is no UTF-8, is too long, or has characters that would disguise a line
     */
    public static String of(HttpServletRequest request) {
        List<String> given = Collections.list(request.getHeaders(HEADER));
        if (given.isEmpty()) {
            return "";
        }
        if (given.size() > 1) {
            throw new ProblemException(
                    ProblemName.MALFORMED_HEADER, HEADER + " is given " + given.size() + " times.", "Give it once.");
        }
        String message = decoded(given.get(0));
        int length = message.codePointCount(0, message.length());
        if (length > LONGEST) {
            throw unusable(HEADER + " has " + length + " characters.", "Use at most " + LONGEST + ".");
        }
        message.codePoints().filter(ChangeMessage::disguises).findFirst().ifPresent(character -> {
            throw unusable(
                    String.format(Locale.ROOT, "%s has the control character U+%04X.", HEADER, character),
                    "Use printable characters, in one line.");
        });
        return message;
    }

    /** The message as it was sent, usable or not; empty when there is none. */
    public static String asSent(HttpServletRequest request) {
        String sent = String.join(", ", Collections.list(request.getHeaders(HEADER)));
        String message = new String(sent.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return message.codePointCount(0, message.length()) > LONGEST
                ? message.substring(0, message.offsetByCodePoints(0, LONGEST))
                : message;
    }

    /** The container reads headers as ISO 8859-1, which keeps every byte; clients send UTF-8. */
    private static String decoded(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            ProblemException problem = new ProblemException(
                    ProblemName.MALFORMED_HEADER, HEADER + " is not encoded in UTF-8.", "Send it in UTF-8.");
            problem.initCause(e);
            throw problem;
        }
    }

    /** Control characters, line separators, and what turns the direction of the text that follows. */
    private static boolean disguises(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default ->
                switch (Character.getDirectionality(character)) {
                    case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                            Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                            Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                            Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                            Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> true;
                    default -> false;
                };
        };
    }

    private static ProblemException unusable(String detail, String remedy) {
        return new ProblemException(ProblemName.INVALID_VALUE, detail, remedy);
    }
}

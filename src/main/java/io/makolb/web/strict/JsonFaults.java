package io.makolb.web.strict;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Turns what the JSON reader has to say into problems that name the member and the way out. */
public final class JsonFaults {

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate Object property \"(.*?)\"");

    private JsonFaults() {}

    /** The problem that a failed reading stands for. */
    public static ProblemException problem(JacksonException fault) {
        String pointer = pointer(fault);
        if (fault instanceof UnrecognizedPropertyException unknown) {
            return unknownField(pointer, unknown);
        }
        Matcher duplicate = DUPLICATE.matcher(fault.getOriginalMessage());
        if (duplicate.find()) {
            return duplicateField(pointer, duplicate.group(1), fault);
        }
        if (fault instanceof InvalidFormatException format
                && format.getTargetType() != null
                && format.getTargetType().isEnum()
                && format.getValue() instanceof String text) {
            return unknownName(pointer, text, format.getTargetType());
        }
        if (fault instanceof InvalidFormatException format
                && format.getTargetType() == String.class
                && format.getValue() instanceof String) {
            return halfCharacter(pointer);
        }
        if (fault instanceof InvalidNullException) {
            return wrongType(pointer, "null", "something else than null");
        }
        if (fault instanceof InputCoercionException coercion && coercion.getInputType() == JsonToken.VALUE_NUMBER_INT) {
            return new ProblemException(
                    ProblemName.INVALID_VALUE,
                    pointer,
                    "out-of-range",
                    "The number is too large.",
                    "Use a number within the range that the API description names.");
        }
        if (fault instanceof MismatchedInputException mismatch) {
            return mismatched(pointer, mismatch);
        }
        return unreadable(fault);
    }

    private static ProblemException unknownField(String pointer, UnrecognizedPropertyException unknown) {
        List<String> known = Objects.requireNonNullElse(unknown.getKnownPropertyIds(), List.of()).stream()
                .map(String::valueOf)
                .toList();
        String name = WholeText.repaired(unknown.getPropertyName());
        return new ProblemException(
                ProblemName.UNKNOWN_FIELD,
                pointer,
                "unknown-field",
                "There is no member '" + name + "' here.",
                Spelling.remedy(name, known));
    }

    private static ProblemException duplicateField(String pointer, String name, JacksonException fault) {
        String parent = pointer;
        if (fault.processor() instanceof JsonParser parser) {
            parent = parser.streamReadContext().pathAsPointer().toString();
        }
        String escaped = escape(name);
        String full = parent.endsWith("/" + escaped) ? parent : parent + "/" + escaped;
        return new ProblemException(
                ProblemName.DUPLICATE_FIELD,
                full,
                "duplicate-field",
                "The member '" + name + "' stands twice in its object.",
                "Remove one of the two.");
    }

    private static ProblemException unknownName(String pointer, String text, Class<?> type) {
        List<String> known =
                Arrays.stream(type.getEnumConstants()).map(String::valueOf).toList();
        return new ProblemException(
                ProblemName.INVALID_VALUE,
                pointer,
                "unknown-name",
                "'" + text + "' is none of " + String.join(", ", known) + ".",
                Spelling.remedy(text, known));
    }

    private static ProblemException halfCharacter(String pointer) {
        return new ProblemException(
                ProblemName.MALFORMED_JSON,
                pointer,
                "half-character",
                "The text has one half of a character: a \\u escape of D800 to DFFF without its other half.",
                "Send the character as UTF-8, or both halves; whoever cut the text cut it between them.");
    }

    private static ProblemException mismatched(String pointer, MismatchedInputException mismatch) {
        JsonToken token = mismatch.getCurrentToken();
        if (token == null && mismatch.processor() instanceof JsonParser parser) {
            token = parser.currentToken();
        }
        if (mismatch.getOriginalMessage().startsWith("Trailing token")) {
            return new ProblemException(
                    ProblemName.MALFORMED_JSON,
                    "",
                    "trailing-data",
                    "Something stands behind the JSON document.",
                    "Send one JSON document and nothing behind it.");
        }
        if (token == null) {
            return new ProblemException(
                    ProblemName.MALFORMED_JSON,
                    "",
                    "empty",
                    "The body is empty.",
                    "Send a JSON document; {} takes every default.");
        }
        return wrongType(pointer, actual(token), expected(mismatch.getTargetType()));
    }

    private static ProblemException wrongType(String pointer, String actual, String expected) {
        return new ProblemException(
                ProblemName.MALFORMED_JSON,
                pointer,
                "wrong-type",
                (pointer.isEmpty() ? "The body" : "'" + pointer + "'") + " is " + actual + ", expected " + expected
                        + ".",
                "Send " + expected + (expected.equals("an integer") ? ", without quotes and fraction." : "."));
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "an integer";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == String.class || type.isEnum()) {
            return "a string";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    private static String actual(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "an integer";
            case VALUE_NUMBER_FLOAT -> "a number with a fraction or exponent";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            case START_ARRAY, END_ARRAY -> "an array";
            case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
            default -> "something else";
        };
    }

    private static ProblemException unreadable(JacksonException fault) {
        String where = fault.getLocation() == null || fault.getLocation().getLineNr() < 1
                ? ""
                : " at line " + fault.getLocation().getLineNr() + ", column "
                        + fault.getLocation().getColumnNr();
        boolean excessive = fault instanceof StreamConstraintsException;
        String what = excessive || fault instanceof StreamReadException
                ? ": " + firstSentence(fault.getOriginalMessage())
                : ".";
        return new ProblemException(
                ProblemName.MALFORMED_JSON,
                "",
                excessive ? "excessive" : "syntax",
                "The body is not " + (excessive ? "JSON of a sensible shape" : "JSON") + where + what,
                "Check the body with 'jq .' first.");
    }

    /** What the reader says further names classes and features of its own, which help nobody outside. */
    private static String firstSentence(String message) {
        String line = message.lines().findFirst().orElse("");
        for (String inward :
                List.of(" (for ", ", from `", ": enable `", ": maybe a (non-standard)", " (not recognized as")) {
            int begin = line.indexOf(inward);
            line = begin < 0 ? line : line.substring(0, begin);
        }
        long open = line.chars().filter(c -> c == '(').count();
        long closed = line.chars().filter(c -> c == ')').count();
        return line + ")".repeat((int) Math.max(0, open - closed)) + ".";
    }

    private static String pointer(JacksonException fault) {
        return fault.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "/" + step.getIndex() : "/" + escape(step.getPropertyName()))
                .collect(Collectors.joining());
    }

    /** One step of a JSON pointer (RFC 6901 section 3). */
    public static String escape(String step) {
        return WholeText.repaired(step).replace("~", "~0").replace("/", "~1");
    }
}

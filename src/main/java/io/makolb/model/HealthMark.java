package io.makolb.model;

import java.util.regex.Pattern;

/**
 * A mark that a program of this machine puts on its packets (SO_MARK).
 *
 * @param number 1 to 4294967295; 0 is what packets without a mark have
 */
public record HealthMark(long number) implements Comparable<HealthMark> {

    /** Highest mark. */
    public static final long MAX = 0xffffffffL;

    private static final Pattern TEXT = Pattern.compile("0|[1-9][0-9]{0,9}");
    private static final String REMEDY = "Use a decimal number from 1 to " + MAX + ".";

    public HealthMark {
        if (number < 1 || number > MAX) {
            throw Refusal.invalid(
                    "/mark",
                    "out-of-range",
                    number == 0
                            ? "0 is not a mark: packets that nobody has marked have it."
                            : "Mark " + number + " does not fit into 32 bits.",
                    REMEDY);
        }
    }

    /**
     * Reads a mark from its text in a URL.
     *
     * @throws Refusal {@link Reason#MALFORMED_ID} when it is no decimal number, {@link Reason#INVALID_VALUE} when it is out of
     *     range
     */
    public static HealthMark parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new Refusal(Reason.MALFORMED_ID, "'" + text + "' is not a mark.", REMEDY);
        }
        return new HealthMark(Long.parseLong(text));
    }

    @Override
    public int compareTo(HealthMark other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}

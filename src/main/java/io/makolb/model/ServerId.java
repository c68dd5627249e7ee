package io.makolb.model;

import java.util.regex.Pattern;

/**
 * The number by which packets name their real themselves: in connection ids of QUIC, in an option of TCP, in a header in UDP.
 *
 * @param number 1 to {@value #MAX}
 */
public record ServerId(int number) implements Comparable<ServerId> {

    /** Highest one. */
    public static final int MAX = 0x00fffffd;

    private static final Pattern TEXT = Pattern.compile("0|[1-9][0-9]{0,9}");
    private static final String REMEDY = "Use a decimal number from 1 to " + MAX + ".";

    public ServerId {
        require(number);
    }

    private static void require(long number) {
        if (number < 1 || number > MAX) {
            throw Refusal.invalid("", "out-of-range", "There is no server id " + number + ".", REMEDY);
        }
    }

    /** The id of a number that may be none. */
    public static ServerId of(long number) {
        require(number);
        return new ServerId((int) number);
    }

    /**
     * Reads an id.
     *
     * @throws Refusal {@link Reason#MALFORMED_ID} when it is no decimal number, {@link Reason#INVALID_VALUE} when it is out of range
     */
    public static ServerId parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new Refusal(Reason.MALFORMED_ID, "'" + text + "' is not a server id.", REMEDY);
        }
        return of(Long.parseLong(text));
    }

    @Override
    public int compareTo(ServerId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}

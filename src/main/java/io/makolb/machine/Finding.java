package io.makolb.machine;

/**
 * One thing that was looked at before a start.
 *
 * @param level whether it is in order
 * @param subject what was looked at, in a word or two
 * @param sentence what was found
 * @param remedy what to do about it; empty when it is in order
 */
record Finding(Level level, String subject, String sentence, String remedy) {

    /** How much a finding weighs. */
    enum Level {
        /** In order. */
        OK,
        /** Mako starts, but something will be slow, or missing until it comes. */
        WARNING,
        /** Mako does not start. */
        ERROR
    }

    static Finding ok(String subject, String sentence) {
        return new Finding(Level.OK, subject, sentence, "");
    }

    static Finding warning(String subject, String sentence, String remedy) {
        return new Finding(Level.WARNING, subject, sentence, remedy);
    }

    static Finding error(String subject, String sentence, String remedy) {
        return new Finding(Level.ERROR, subject, sentence, remedy);
    }
}

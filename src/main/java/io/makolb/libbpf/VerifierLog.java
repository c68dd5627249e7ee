package io.makolb.libbpf;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What libbpf printed while it loaded an object, with the verifier's log inside when a program was rejected. A log of
 * the verifier can have a hundred thousand lines; the reason stands in the last ones.
 */
public final class VerifierLog {

    private static final String BEGIN = "-- BEGIN PROG LOAD LOG --";
    private static final String END = "-- END PROG LOAD LOG --";
    private static final Pattern PROGRAM = Pattern.compile("prog '([^']+)'");
    private static final Pattern STATISTICS =
            Pattern.compile("processed \\d+ insns.*|verification time \\d+.*|stack depth .*");
    private static final int LAST_LINES = 12;

    private final List<String> warnings;
    private final List<String> verifier;
    private final Optional<String> program;

    private VerifierLog(List<String> warnings, List<String> verifier, Optional<String> program) {
        this.warnings = warnings;
        this.verifier = verifier;
        this.program = program;
    }

    /** Reads what libbpf printed, warnings and verifier log mixed. */
    static VerifierLog parse(String printed) {
        int begin = printed.lastIndexOf(BEGIN);
        int end = printed.indexOf(END, Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            return new VerifierLog(lines(printed), List.of(), Optional.empty());
        }
        List<String> verifier = lines(printed.substring(begin + BEGIN.length(), end)).stream()
                .filter(line -> !STATISTICS.matcher(line).matches())
                .toList();
        int heading = printed.lastIndexOf('\n', begin) + 1;
        List<String> warnings = lines(printed.substring(0, heading));
        Matcher program = PROGRAM.matcher(printed.substring(heading, begin));
        return new VerifierLog(warnings, verifier, program.find() ? Optional.of(program.group(1)) : Optional.empty());
    }

    /** The program the verifier rejected; empty when loading failed before or after the verifier. */
    public Optional<String> program() {
        return program;
    }

    /** The verifier's last line that is not a statistic, such as "R0 !read_ok"; empty when it was not reached. */
    public Optional<String> reason() {
        return verifier.isEmpty() ? Optional.empty() : Optional.of(verifier.get(verifier.size() - 1));
    }

    /** The last lines of the verifier, or libbpf's last warnings when the verifier was not reached. */
    public List<String> lastLines() {
        List<String> words = verifier.isEmpty() ? warnings : verifier;
        return words.subList(Math.max(0, words.size() - LAST_LINES), words.size());
    }

    /** The end of an error message. */
    String words() {
        String speaker = program.map(name -> "The verifier rejected the program " + name + ":")
                .orElse(lastLines().isEmpty() ? "libbpf gave no reason." : "libbpf said:");
        return speaker
                + String.join(
                        "", lastLines().stream().map(line -> "\n  " + line).toList());
    }

    @Override
    public String toString() {
        return words();
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}

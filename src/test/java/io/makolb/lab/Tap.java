package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A tcpdump on an interface of a lab; catches from the moment this object exists. */
final class Tap implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private Tap(Process process) {
        this.process = process;
        this.output = process.inputReader();
        String line = next();
        while (!line.contains("listening on")) {
            line = next();
        }
    }

    /**
     * Starts it.
     *
     * @param filter what to catch, in the language of pcap-filter(7)
     */
    static Tap on(Lab lab, String node, String interfaceName, String filter) {
        return start(lab, node, "-tnni", interfaceName, filter);
    }

    /** The same with two lines for each packet, and checksums compared. */
    static Tap verbose(Lab lab, String node, String interfaceName, String filter) {
        return start(lab, node, "-vvtnni", interfaceName, filter);
    }

    private static Tap start(Lab lab, String node, String options, String interfaceName, String filter) {
        // -l and --immediate-mode: each packet is printed when it comes
        return new Tap(lab.in(node, "tcpdump", "-l", "--immediate-mode", options, interfaceName, filter)
                .startJoined());
    }

    /** The next packet as tcpdump prints it; waits for it. */
    String next() {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new AssertionError("tcpdump ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what tcpdump prints", e);
        }
    }

    /** A printed packet must look like this. */
    static MatchResult match(String pattern, String packet) {
        Matcher matcher = Pattern.compile(pattern).matcher(packet);
        assertThat(matcher.matches()).as(packet).isTrue();
        return matcher.toMatchResult();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

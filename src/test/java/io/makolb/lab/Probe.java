package io.makolb.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A running udp-probe or tcp-probe of {@code src/lab}: traffic without a pause, and at the end the account of it. */
final class Probe implements AutoCloseable {

    private static final String ECHO_PORT = "7";

    private final Process process;
    private final BufferedReader output;

    private Probe(Process process) {
        this.process = process;
        this.output = process.inputReader();
        String line = readLine();
        if (!"running".equals(line)) {
            throw new AssertionError("the probe got no answer: " + line);
        }
    }

    /** One UDP flow from the client to the echo servers; running when this returns. */
    static Probe udp(Lab lab, String vip, int packetsPerSecond) {
        return new Probe(lab.in(Lab.CLIENT, "target/lab/udp-probe", vip, ECHO_PORT, Integer.toString(packetsPerSecond))
                .start());
    }

    /** One TCP connection from the client to an echo server, ping-pong without a pause; running when this returns. */
    static Probe tcp(Lab lab, String vip) {
        return new Probe(
                lab.in(Lab.CLIENT, "target/lab/tcp-probe", vip, ECHO_PORT).start());
    }

    /** Ends it and answers its account, described at the top of its source. */
    JsonNode finish() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot end the probe", e);
        }
        String account = readLine();
        if (account == null) {
            throw new AssertionError("the probe broke off, its error is above");
        }
        return new ObjectMapper().readTree(account);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String readLine() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what the probe prints", e);
        }
    }
}

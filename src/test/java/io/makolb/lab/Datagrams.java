package io.makolb.lab;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** UDP flows from the client to the echo servers of a VIP, each of which speaks when it is told to. */
final class Datagrams implements AutoCloseable {

    private static final String ECHO_PORT = "7";

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private Datagrams(Process process) {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
    }

    /** No flow exists yet; one begins with its first datagram. */
    static Datagrams to(Lab lab, String vip) {
        return new Datagrams(lab.in(Lab.CLIENT, "/usr/bin/python3", "src/lab/udp-talk.py", vip, ECHO_PORT)
                .start());
    }

    /**
     * Sends a datagram and waits for its answer.
     *
     * @param flow any number that stands for the flow
     * @param payload at least one byte
     * @return the name of the real that answered, "-" when nobody did
     */
    String ask(int flow, byte[] payload) {
        tell(flow + " " + HexFormat.of().formatHex(payload));
        try {
            String line = output.readLine();
            if (line == null) {
                throw new AssertionError("the flows broke off, the error is above");
            }
            return line.substring(line.indexOf(' ') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the answer", e);
        }
    }

    /** Goes on from another port of the client, as behind a NAT that has forgotten the flow. */
    void takeNewPort(int flow) {
        tell(Integer.toString(flow));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void tell(String line) {
        try {
            input.write(line);
            input.newLine();
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tell the flows", e);
        }
    }
}

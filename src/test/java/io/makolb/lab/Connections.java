package io.makolb.lab;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** Many open HTTP connections from the client, each asked on demand who serves it. */
final class Connections implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final Map<Integer, String> first;

    private Connections(Process process) {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
        this.first = read();
    }

    /** Opens connections to an address and port and asks each once. */
    static Connections open(Lab lab, String vip, int port, int count) {
        return new Connections(lab.in(
                        Lab.CLIENT,
                        "/usr/bin/python3",
                        "src/lab/connections.py",
                        vip,
                        Integer.toString(port),
                        Integer.toString(count))
                .start());
    }

    /** The real that answered first, by the client's port. */
    Map<Integer, String> reals() {
        return first;
    }

    /** Asks again over every connection. */
    Map<Integer, String> askAgain() {
        try {
            input.newLine();
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask again", e);
        }
        return read();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private Map<Integer, String> read() {
        Map<Integer, String> reals = new TreeMap<>();
        try {
            for (String line = output.readLine(); !"done".equals(line); line = output.readLine()) {
                if (line == null) {
                    throw new AssertionError("the connections broke off, the error is above");
                }
                int space = line.indexOf(' ');
                reals.put(Integer.valueOf(line.substring(0, space)), line.substring(space + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the answers", e);
        }
        return reals;
    }
}

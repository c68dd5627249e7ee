package io.makolb.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An external command and the variables added to its environment.
 *
 * @param environment variables that the command sees besides those of this process
 * @param words the program and its arguments
 */
record Command(Map<String, String> environment, List<String> words) {

    Command {
        environment = Map.copyOf(environment);
        words = List.copyOf(words);
    }

    static Command of(String... words) {
        return new Command(Map.of(), List.of(words));
    }

    /** The same command with more arguments. */
    Command with(String... more) {
        return new Command(
                environment, Stream.concat(words.stream(), Stream.of(more)).toList());
    }

    /** Starts it; its standard error joins that of the tests. */
    Process start() {
        return start(ProcessBuilder.Redirect.INHERIT);
    }

    /** Starts it with its standard error sent elsewhere. */
    Process start(ProcessBuilder.Redirect error) {
        return start(new ProcessBuilder(words).redirectError(error));
    }

    private Process start(ProcessBuilder builder) {
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + words, e);
        }
    }

    /** Starts it; its standard error joins its output. */
    Process startJoined() {
        return start(new ProcessBuilder(words).redirectErrorStream(true));
    }

    /** Starts it and appends all that it prints to a file. */
    Process startLogging(Path log) {
        try {
            Files.createDirectories(log.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + log, e);
        }
        return start(new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    /**
     * Runs it to its end.
     *
     * @return what it printed
     * @throws AssertionError it ended with another status than 0
     */
    String run() {
        Process process = start();
        String output = finish(process);
        if (process.exitValue() != 0) {
            throw new AssertionError("status %d of %s: %s".formatted(process.exitValue(), words, output));
        }
        return output;
    }

    /** Runs it to its end and answers only how it ended. */
    int status() {
        Process process = start(ProcessBuilder.Redirect.DISCARD);
        finish(process);
        return process.exitValue();
    }

    /** Closes the input of a process, waits for its end and answers the rest of its output. */
    static String finish(Process process) {
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what process " + process.pid() + " prints", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for process " + process.pid(), e);
        }
    }
}

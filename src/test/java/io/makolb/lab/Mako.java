package io.makolb.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged jar as a process in the balancer's namespace, with its store and pins in the lab's directory. */
final class Mako implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private final Lab lab;
    private final Process process;
    private final Path log;

    private Mako(Lab lab, Process process, Path log) {
        this.lab = lab;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it; see {@link #awaitReady}.
     *
     * @param properties more {@code --name=value} arguments, stronger than the lab's own
     */
    static Mako start(Lab lab, String... properties) {
        return start(lab, List.of(), properties);
    }

    /**
     * Starts it under another program.
     *
     * @param wrapper words in front of {@code java}, for example strace and its options
     */
    static Mako start(Lab lab, List<String> wrapper, String... properties) {
        List<String> words = new ArrayList<>(wrapper);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Xss512k",
                "-jar",
                PackagedJar.path(),
                "--mako.dataplane.interfaces=eth0",
                "--mako.dataplane.pin-path=" + lab.pinPath(),
                "--mako.store.path=" + lab.directory().resolve("mako.db"),
                "--mako.dataplane.connection-table-size=100000"));
        words.addAll(List.of(properties));
        // Outside the lab's directory: it must outlive the lab of a failed test.
        Path log = Path.of("target", "logs", lab.id() + ".log");
        Command command = lab.in(Lab.BALANCER, words.toArray(String[]::new));
        return new Mako(lab, command.startLogging(log), log);
    }

    /** Until it serves; fails with its log when it ends or takes too long. */
    Mako awaitReady() {
        await("Mako to be ready").atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("Mako ended with status " + process.exitValue() + "\n" + log());
            }
            return lab.in(
                                    Lab.BALANCER,
                                    "curl",
                                    "-fs",
                                    "-o",
                                    "/dev/null",
                                    "http://127.0.0.1:8080/actuator/health/readiness")
                            .status()
                    == 0;
        });
        return this;
    }

    /** Until it has ended by itself; answers its exit status. */
    int awaitEnd() {
        return process.onExit()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join()
                .exitValue();
    }

    Api api() {
        return new Api(lab);
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: no clean-up of any kind. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and waits for the end. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Everything that the Makos of this lab have printed. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read Mako's log", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}

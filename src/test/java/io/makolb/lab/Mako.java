package io.makolb.lab;

import static org.awaitility.Awaitility.await;

import io.makolb.bench.JavaOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The packaged jar as a process in a balancer's namespace, with its store and pins in the lab's directory. */
final class Mako implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(300);

    private final Lab lab;
    private final String node;
    private final Process process;
    private final Path log;

    private Mako(Lab lab, String node, Process process, Path log) {
        this.lab = lab;
        this.node = node;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it; see {@link #awaitReady}.
     *
     * @param properties {@code --name=value} arguments, instead of the lab's own where they have the same name
     */
    static Mako start(Lab lab, String... properties) {
        return start(lab, List.of(), properties);
    }

    /** Starts it on one of several balancers. */
    static Mako startOn(Lab lab, String node, String... properties) {
        return start(lab, node, List.of(), properties);
    }

    /**
     * Starts it under another program.
     *
     * @param wrapper words in front of {@code java}, for example strace and its options
     */
    static Mako start(Lab lab, List<String> wrapper, String... properties) {
        return start(lab, Lab.BALANCER, wrapper, properties);
    }

    private static Mako start(Lab lab, String node, List<String> wrapper, String... properties) {
        List<String> words = new ArrayList<>(wrapper);
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JavaOptions.shipped());
        words.addAll(List.of("-jar", PackagedJar.path()));
        Map<String, String> arguments = defaults(lab, node);
        for (String property : properties) {
            int equals = property.indexOf('=');
            // Given twice, Spring would join both values to a list.
            arguments.put(property.substring(0, equals), property.substring(equals + 1));
        }
        arguments.forEach((name, value) -> words.add(name + "=" + value));
        // Outside the lab's directory: it must outlive the lab of a failed test.
        Path log = Path.of("target", "logs", lab.id() + "-" + NUMBER.incrementAndGet() + ".log");
        Command command = lab.in(node, words.toArray(String[]::new));
        return new Mako(lab, node, command.startLogging(log), log);
    }

    private static Map<String, String> defaults(Lab lab, String node) {
        Map<String, String> arguments = new TreeMap<>();
        arguments.put("--mako.dataplane.interfaces", "eth0");
        arguments.put("--mako.dataplane.pin-path", lab.pinPath(node).toString());
        arguments.put("--mako.store.path", lab.store(node).toString());
        arguments.put("--mako.dataplane.connection-table-size", "100000");
        return arguments;
    }

    /** Until it obeys and serves; fails with its log when it ends or takes too long. */
    Mako awaitReady() {
        return awaitHealth("readiness");
    }

    /** Until it answers, even if it is not ready. */
    Mako awaitAlive() {
        return awaitHealth("liveness");
    }

    private Mako awaitHealth(String probe) {
        await(probe).atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("Mako ended with status " + process.exitValue() + "\n" + log());
            }
            return lab.in(node, "curl", "-fs", "-o", "/dev/null", "http://127.0.0.1:8080/actuator/health/" + probe)
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
        return new Api(lab, node);
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

    /** Everything that it has printed. */
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

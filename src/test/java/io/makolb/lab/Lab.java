package io.makolb.lab;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A lab of network namespaces: client, router, balancer and reals, as {@code src/lab/settings.sh} draws it. Built by
 * {@link #up}, gone without a trace after {@link #close}, also when the process that built it is told to end.
 */
final class Lab implements AutoCloseable {

    static final String CLIENT = "client";
    static final String ROUTER = "router";
    static final String BALANCER = "balancer";

    /** There with {@code LAB_BALANCERS=2}. */
    static final String BALANCER_2 = "balancer2";

    static final String VIP = "10.200.1.1";
    static final String VIP6 = "fc00:1::1";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String id;
    private final Command script;
    private final Thread undertaker = new Thread(this::down, "lab-down");

    private Lab(String id, Map<String, String> options) {
        Map<String, String> environment = new HashMap<>(options);
        environment.put("LAB_ID", id);
        this.id = id;
        this.script = new Command(environment, List.of("src/lab/lab.sh"));
    }

    /** A lab with the default options. */
    static Lab up() {
        return up(Map.of());
    }

    /**
     * A lab with a name of its own.
     *
     * @param options {@code LAB_*} variables of {@code src/lab/settings.sh}
     */
    static Lab up(Map<String, String> options) {
        String id = "lab-test-%d-%d".formatted(ProcessHandle.current().pid(), NUMBER.incrementAndGet());
        Lab lab = new Lab(id, options);
        Runtime.getRuntime().addShutdownHook(lab.undertaker);
        lab.script.with("up").run();
        return lab;
    }

    /** Prefix of its namespaces. */
    String id() {
        return id;
    }

    /** Its directory, removed with it. */
    Path directory() {
        return Path.of("/run", id);
    }

    /** Where Mako pins its maps and links: in a bpffs of this lab. */
    Path pinPath() {
        return pinPath(BALANCER);
    }

    /** Where the Mako of a balancer pins. */
    Path pinPath(String node) {
        return directory().resolve("bpf").resolve("mako-" + node);
    }

    /** Mako's store, the file and what SQLite puts beside it. */
    Path store() {
        return store(BALANCER);
    }

    /** The store of the Mako of a balancer. */
    Path store(String node) {
        return directory().resolve("store-" + node).resolve("mako.db");
    }

    /** A command in one of its namespaces, not started yet. */
    Command in(String node, String... words) {
        return script.with("exec", node).with(words);
    }

    /** Runs a command in one of its namespaces to its end and answers what it printed. */
    String exec(String node, String... words) {
        return in(node, words).run();
    }

    /** Builds the lab anew under the same name, whatever has become of it. */
    void rebuild() {
        script.with("up").run();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(undertaker);
        down();
    }

    private void down() {
        script.with("down").run();
    }
}

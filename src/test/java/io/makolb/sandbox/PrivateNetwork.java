package io.makolb.sandbox;

import io.makolb.linux.NetworkNamespace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A network namespace of its own, with a thread that lives in it. */
public final class PrivateNetwork implements AutoCloseable {

    private static final String PREFIX = "mako-test-";
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name;
    private final ExecutorService inside;

    private PrivateNetwork(String name) {
        this.name = name;
        this.inside = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(
                    () -> {
                        NetworkNamespace.enter(NAMESPACES.resolve(name));
                        work.run();
                    },
                    name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Creates a namespace that has nothing but its loopback interface, which is up. */
    public static PrivateNetwork create() throws Exception {
        removeThoseOfDeadProcesses();
        String name = PREFIX + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        Commands.run("ip", "netns", "add", name);
        PrivateNetwork network = new PrivateNetwork(name);
        network.ip("link", "set", "lo", "up");
        return network;
    }

    /** What {@code ip netns} calls it. */
    public String name() {
        return name;
    }

    /** The file to enter it by. */
    public Path file() {
        return NAMESPACES.resolve(name);
    }

    /** Runs {@code ip} in the namespace; answers what it printed. */
    public String ip(String... arguments) {
        String[] command =
                Stream.concat(Stream.of("ip", "-n", name), Stream.of(arguments)).toArray(String[]::new);
        return Commands.run(command);
    }

    /** Adds a cable with both ends in the namespace, both up. */
    public void addVeth(String one, String other) {
        ip("link", "add", one, "type", "veth", "peer", "name", other);
        ip("link", "set", one, "up");
        ip("link", "set", other, "up");
    }

    /** The index of an interface, as the kernel's tools tell it. */
    public int indexOf(String interfaceName) {
        return Integer.parseInt(ip("-o", "link", "show", "dev", interfaceName).split(":", 2)[0]);
    }

    /** Runs work on the thread that lives in the namespace. */
    public <T> T call(Callable<T> work) throws Exception {
        try {
            return inside.submit(work).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        inside.shutdownNow();
        Commands.run("ip", "netns", "del", name);
    }

    private static void removeThoseOfDeadProcesses() throws Exception {
        if (!Files.isDirectory(NAMESPACES)) {
            return;
        }
        try (Stream<Path> namespaces = Files.list(NAMESPACES)) {
            namespaces
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(PREFIX + "\\d+-\\d+"))
                    .filter(name -> ProcessHandle.of(Long.parseLong(name.split("-", 4)[2]))
                            .isEmpty())
                    .forEach(name -> Commands.run("ip", "netns", "del", name));
        }
    }
}

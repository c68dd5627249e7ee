package io.makolb.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged jar as a process in this namespace, with pins and store of its own. */
final class MeasuredServer implements AutoCloseable {

    private static final String BASE = "http://127.0.0.1:8080";
    private static final String API = BASE + "/api/v1";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"");
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final double NANOS_PER_MILLI = 1e6;

    /** One request or several, in milliseconds. */
    @FunctionalInterface
    interface Timed {
        double run(int run) throws IOException, InterruptedException;
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;

    private MeasuredServer(Process process) {
        this.process = process;
    }

    static MeasuredServer start(Load load, Path lab) throws IOException, InterruptedException {
        String name = "bench-" + load.vips();
        Path log = Files.createDirectories(Path.of("target", "logs")).resolve(name + ".log");
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JavaOptions.shipped());
        words.addAll(List.of(
                "-jar",
                "target/mako.jar",
                "--mako.dataplane.interfaces=eth0",
                "--mako.dataplane.pin-path=" + lab.resolve("bpf").resolve(name),
                "--mako.dataplane.max-vips=" + load.vips(),
                "--mako.dataplane.max-reals=" + (load.reals() + 1),
                "--mako.dataplane.ring-size=" + load.ringSize(),
                "--mako.dataplane.connection-table-size=100000",
                "--mako.dataplane.detach-on-exit=true",
                "--mako.store.path=" + lab.resolve("store").resolve(name + ".db")));
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        MeasuredServer server = new MeasuredServer(process);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!server.isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("The server did not become ready; see " + log);
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        return server;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send("GET", BASE + "/actuator/health/readiness", "").statusCode() == 200;
        } catch (IOException e) {
            return false; // nobody listens yet
        }
    }

    private HttpResponse<String> send(String method, String uri, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri)).timeout(PATIENCE);
        request.method(
                method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Milliseconds until the whole answer is there; anything but success ends the measurement. */
    double time(String method, String path, String body) throws IOException, InterruptedException {
        String uri = path.startsWith("/actuator") ? BASE + path : API + path;
        long begun = System.nanoTime();
        HttpResponse<String> answer = send(method, uri, body);
        double took = (System.nanoTime() - begun) / NANOS_PER_MILLI;
        if (answer.statusCode() != 200 && answer.statusCode() != 201) {
            throw new IllegalStateException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return took;
    }

    /** Milliseconds for all pages together. */
    double pages(String path) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        String cursor = "";
        do {
            String body = send("GET", API + path + cursor, "").body();
            Matcher next = NEXT.matcher(body);
            cursor = next.find() ? "&cursor=" + next.group(1) : "";
        } while (!cursor.isEmpty());
        return (System.nanoTime() - begun) / NANOS_PER_MILLI;
    }

    Figure once(String name, String method, String path, String body) throws IOException, InterruptedException {
        return new Figure("", name, time(method, path, body), "ms", 0);
    }

    Figure median(String name, int runs, Timed timed) throws IOException, InterruptedException {
        return new Figure("", name + ", median of " + runs, Figure.quantile(times(runs, timed), 0.5), "ms", 0);
    }

    List<Double> times(int runs, Timed timed) throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            times.add(timed.run(run));
        }
        return times;
    }

    /** The value of a metric without labels. */
    double metric(String name) throws IOException, InterruptedException {
        String page = send("GET", BASE + "/actuator/prometheus", "").body();
        Matcher line = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(page);
        if (!line.find()) {
            throw new IllegalStateException("There is no metric " + name + ".");
        }
        return Double.parseDouble(line.group(1));
    }

    /** Resident memory of the process. */
    double residentMebibytes() throws IOException {
        Matcher found = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        if (!found.find()) {
            throw new IllegalStateException("There is no VmRSS.");
        }
        return Long.parseLong(found.group(1)) / 1024.0;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}

package io.makolb.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the control plane over HTTP: the packaged jar on a kernel, with a configuration as large as promised. Runs in the balancer's
 * namespace of a lab, as {@code ./bench --control-plane} starts it. Prints a table, writes {@code control-plane.md} and {@code
 * control-plane.json}.
 */
final class ControlPlane {

    private final Path lab;
    private final int runs;
    private final List<Figure> figures = new ArrayList<>();

    private ControlPlane(Path lab, int runs) {
        this.lab = lab;
        this.runs = runs;
    }

    /** @param arguments directory for the report, directory of the lab, number of runs */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 3) {
            System.err.println("usage: ControlPlane REPORT LAB RUNS");
            System.exit(2);
        }
        ControlPlane bench = new ControlPlane(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        for (Load load : Load.ALL) {
            bench.measure(load);
        }
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        Files.writeString(directory.resolve("control-plane.md"), markdown(bench.figures));
        Files.writeString(directory.resolve("control-plane.json"), json(bench.figures));
        System.out.println("\n" + markdown(bench.figures));
    }

    private void measure(Load load) throws IOException, InterruptedException {
        System.err.println(load.name() + ", " + String.join(" ", JavaOptions.shipped()) + " ...");
        try (MeasuredServer server = MeasuredServer.start(load, lab)) {
            add(load, server.once("cold apply", "PUT", "/config", load.document(1)), load.coldTarget());
            addHolds(load, server, "cold apply");
            double revision = server.metric("mako_configuration_revision");
            add(
                    load,
                    server.once("first apply again, unchanged", "PUT", "/config", load.document(1)),
                    load.unchangedTarget());
            add(
                    load,
                    server.median(
                            "applied again, unchanged", runs, run -> server.time("PUT", "/config", load.document(1))),
                    load.unchangedTarget());
            if (server.metric("mako_configuration_revision") != revision) {
                throw new IllegalStateException("an unchanged configuration made a revision");
            }
            add(
                    load,
                    server.median(
                            "one weight changed by PUT /config",
                            runs,
                            run -> server.time("PUT", "/config", load.document(2 + run))),
                    0);
            addWeights(load, server, "the first " + 20 * runs, 20 * runs);
            addWeights(load, server, "the next " + 100 * runs, 100 * runs);
            add(load, server.median("GET /config", runs, run -> server.time("GET", "/config", "")), 0);
            add(load, server.median("GET /vips, whole", runs, run -> server.time("GET", "/vips", "")), 0);
            add(
                    load,
                    server.median(
                            "GET /vips, filtered by label",
                            runs,
                            run -> server.time("GET", "/vips?label=env=prod", "")),
                    0);
            add(load, server.median("GET /vips, all pages of 100", runs, run -> server.pages("/vips?limit=100")), 0);
            add(load, server.median("scrape", runs, run -> server.time("GET", "/actuator/prometheus", "")), 50);
            addHolds(load, server, "everything");
            add(load, new Figure("", "resident memory", server.residentMebibytes(), "MiB", 0), 0);
        }
    }

    /** The first requests run in code that has not been compiled yet; those that follow are what a server that runs for days does. */
    private void addWeights(Load load, MeasuredServer server, String which, int requests)
            throws IOException, InterruptedException {
        List<Double> times = server.times(
                requests, run -> server.time("PUT", load.member(), "{\"weight\":" + (50 + run % 50) + "}"));
        String name = "one weight changed by PUT of a real, " + which;
        add(load, new Figure("", name + ", median", Figure.quantile(times, 0.5), "ms", 0), 0);
        add(load, new Figure("", name + ", 99th percentile", Figure.quantile(times, 0.99), "ms", 0), 10);
    }

    private void addHolds(Load load, MeasuredServer server, String after) throws IOException, InterruptedException {
        add(
                load,
                new Figure(
                        "",
                        "turns of the writer above 50 ms, after " + after,
                        server.metric("mako_writer_long_holds_total"),
                        "",
                        0),
                0);
        add(
                load,
                new Figure(
                        "",
                        "longest turn of the writer, after " + after,
                        1000 * server.metric("mako_writer_longest_hold_seconds"),
                        "ms",
                        0),
                50);
    }

    private void add(Load load, Figure figure, double target) {
        Figure placed = new Figure(load.name(), figure.name(), figure.value(), figure.unit(), target);
        System.err.println("  " + placed.text());
        figures.add(placed);
    }

    private static String machine() throws IOException {
        String cpu = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.replaceFirst(".*: ", ""))
                .findFirst()
                .orElse("unknown CPU");
        return "%s, %d CPUs, Linux %s, Java %s, load %s"
                .formatted(
                        cpu,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        Files.readString(Path.of("/proc/loadavg")).split(" ")[0]);
    }

    private static String markdown(List<Figure> figures) throws IOException {
        StringBuilder text = new StringBuilder("# Control plane over HTTP\n\n" + machine()
                + "\n\n| load | what | figure | target |\n|---|---|---|---|\n");
        figures.forEach(figure -> text.append(figure.row()));
        return text.toString();
    }

    private static String json(List<Figure> figures) throws IOException {
        List<String> rows = figures.stream().map(Figure::json).toList();
        return String.format(
                Locale.ROOT, "{\"machine\":\"%s\",\"figures\":[%n%s%n]}%n", machine(), String.join(",\n", rows));
    }
}

package io.makolb.bench;

import io.makolb.model.HashFunction;
import io.makolb.plane.Encapsulation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures every case, prints the table, writes {@code report.md} and {@code report.svg} into the directory given.
 *
 * <p>Exit status: 0; 1 if a row is slower than Katran; 2 if it was called wrongly.
 */
final class Bench {

    private static final int RUNS = 31;
    private static final int QUICK_RUNS = 9;
    private static final int[] RING_REALS = {10, 100, 1000};

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length < 1
                || arguments.length > 2
                || (arguments.length == 2 && !arguments[1].equals("--quick"))) {
            System.err.println("usage: Bench DIRECTORY [--quick]");
            System.exit(2);
        }
        List<Timing> timings = new ArrayList<>();
        List<Change> changes = new ArrayList<>(generateRings());
        measure(arguments.length == 2 ? QUICK_RUNS : RUNS, timings, changes);

        System.out.printf("%n%s%n%s", Table.text(timings), Table.changes(changes));
        Path directory = Files.createDirectories(Path.of(arguments[0]));
        Files.writeString(
                directory.resolve("report.md"), """
                # Time per packet

                %s
                ![multiples of the floor](report.svg)

                # Time per change

                ```
                %s```
                """.formatted(Table.markdown(timings), Table.changes(changes)));
        Files.writeString(directory.resolve("report.svg"), Plot.svg(timings));
        System.out.println("\nReport and plot: " + directory.resolve("report.md"));
        if (timings.stream().anyMatch(Timing::slowerThanKatran)) {
            System.exit(1);
        }
    }

    private static void measure(int runs, List<Timing> timings, List<Change> changes) throws Exception {
        for (Encapsulation encapsulation : Encapsulation.values()) {
            measure(encapsulation, runs, timings, changes);
        }
    }

    private static void measure(Encapsulation encapsulation, int runs, List<Timing> timings, List<Change> changes)
            throws Exception {
        List<Case> cases = Cases.of(encapsulation);
        int done = timings.size();
        try (Driver driver = new Driver();
                MeasuredPlane plane = MeasuredPlane.start(encapsulation)) {
            Stopwatch stopwatch = new Stopwatch(driver, plane, runs);
            for (Case measured : cases) {
                System.err.printf("[%2d/%d] %s ...", timings.size() + 1, done + cases.size(), measured.name());
                Timing timing = stopwatch.measure(measured);
                System.err.printf(
                        " %.0f ns, %.2f x %s%n",
                        timing.nanos(), timing.ratio(), measured.floor().label());
                timings.add(timing);
            }
            if (encapsulation == Encapsulation.IPIP) {
                System.err.println("changing weights ...");
                changes.add(Change.ofWeight(plane));
            }
        }
    }

    private static List<Change> generateRings() {
        List<Change> rings = new ArrayList<>();
        for (HashFunction function : HashFunction.values()) {
            for (int reals : RING_REALS) {
                System.err.printf("generating rings, %s, %d reals ...%n", function, reals);
                rings.add(Change.ofRing(function, reals));
            }
        }
        return rings;
    }
}

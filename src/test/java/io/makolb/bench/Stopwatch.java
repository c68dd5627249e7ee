package io.makolb.bench;

/** Measures cases. Floor and balancer take turns, so that a machine that slows down slows down both. */
final class Stopwatch {

    private static final int PACKETS = 1_000_000;

    /** Clients of one case are not those of another: a quarter of the IPv4 addresses is enough for all of them. */
    private static final int CLIENTS_PER_CASE = 1 << 16;

    private static final int FIRST_CLIENT = 0x20000000;

    private final Driver driver;
    private final MeasuredPlane plane;
    private final int runs;
    private int nextClient = FIRST_CLIENT;

    Stopwatch(Driver driver, MeasuredPlane plane, int runs) {
        this.driver = driver;
        this.plane = plane;
        this.runs = runs;
    }

    /**
     * Measures one case.
     *
     * @throws IllegalStateException if the balancer did something else with the packets than the case is about
     */
    Timing measure(Case measured) {
        int client = nextClient;
        nextClient += CLIENTS_PER_CASE;
        introduce(measured, client);
        driver.present(measured.frame(), Walk.scattered(measured.flows()), client);
        requireVerdict(measured);

        MeasuredPlane.Counts before = plane.counts();
        int[] floor = new int[runs];
        int[] balancer = new int[runs];
        for (int run = 0; run < runs; run++) {
            floor[run] = driver.run(measured.floor(), PACKETS);
            balancer[run] = driver.run(plane.program(), PACKETS);
        }
        plane.counts().minus(before).requireMost(measured, (long) runs * PACKETS);
        return Timing.of(measured, floor, balancer);
    }

    /** Every flow once, in another order than they are walked in later. */
    private void introduce(Case measured, int client) {
        driver.present(measured.frame(), Walk.inOrder(measured.flows()), client);
        driver.run(plane.program(), Math.max(1, measured.flows()));
    }

    private void requireVerdict(Case measured) {
        int verdict = driver.verdict(plane.program());
        if (verdict != measured.outcome().verdict()) {
            throw new IllegalStateException(measured.name() + ": the verdict is " + verdict + ", not "
                    + measured.outcome().verdict());
        }
    }
}

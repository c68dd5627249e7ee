package io.makolb.balancer;

import io.makolb.model.Configuration;
import io.makolb.model.Observation;
import io.makolb.plane.PlaneImage;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Judges whether the balancer can be given traffic, without swinging with its links. For the writer alone. */
final class Judge {

    private final HoldDown links = new HoldDown();
    private final LongSupplier nanos;

    /**
     * Has seen nothing.
     *
     * @param nanos a monotonic clock
     */
    Judge(LongSupplier nanos) {
        this.nanos = nanos;
    }

    Readiness judge(
            Condition condition, Configuration configuration, PlaneImage image, Map<String, Observation> observations) {
        return switch (condition.state()) {
            case STARTING -> Readiness.not(or(condition, "What the kernel holds is being taken over."));
            case REPAIRING -> Readiness.not(or(condition, "Packets obey an older configuration; the repair goes on."));
            case FOREIGN ->
                Readiness.not(or(condition, "The plane belongs to another store; decide with POST /dataplane/adopt."));
            case READY, DEGRADED, READ_ONLY -> judgeLinks(condition, configuration, image, observations);
        };
    }

    private Readiness judgeLinks(
            Condition condition, Configuration configuration, PlaneImage image, Map<String, Observation> observations) {
        if (!configuration.attached()) {
            links.forget();
            return Readiness.not("The program was detached by PUT /dataplane/attachment or its DELETE.");
        }
        List<String> attached = image.interfaces().entrySet().stream()
                .filter(entry -> entry.getValue().attached())
                .map(Map.Entry::getKey)
                .toList();
        boolean usable = attached.stream().anyMatch(name -> isUp(name, observations));
        return links.see(usable, nanos.getAsLong())
                ? Readiness.READY
                : Readiness.not(trouble(condition, usable, attached));
    }

    private static String trouble(Condition condition, boolean usable, List<String> attached) {
        if (usable) {
            return "The link is back; it counts when it has lasted " + HoldDown.HOLD.toSeconds() + " s.";
        }
        if (attached.isEmpty()) {
            return or(condition, "The program is attached to no interface.");
        }
        return "No packets can come: there is no link on " + String.join(", ", attached)
                + ". Look at the cable, the switch, and ip link.";
    }

    private static boolean isUp(String name, Map<String, Observation> observations) {
        return !(observations.get(new Observation.LinkState(name, 0, false).key())
                        instanceof Observation.LinkState link)
                || link.up();
    }

    private static String or(Condition condition, String sentence) {
        return condition.sentence().isEmpty() ? sentence : condition.sentence();
    }

    /** Nanoseconds until the judgement may be another one although nothing happens; {@link Inbox#FOREVER}: never. */
    long untilDue() {
        return links.untilDue(nanos.getAsLong());
    }
}

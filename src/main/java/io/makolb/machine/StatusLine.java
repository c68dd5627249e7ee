package io.makolb.machine;

import io.makolb.balancer.Condition;
import io.makolb.balancer.Snapshot;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The balancer's state in one line, for {@code systemctl status}. */
final class StatusLine {

    private StatusLine() {}

    static String of(Snapshot snapshot) {
        Condition condition = snapshot.condition();
        String state = condition.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String attached = snapshot.image().interfaces().entrySet().stream()
                .filter(entry -> entry.getValue().attached())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(" "));
        String counts = "%d VIPs, %d reals, revision %d, %s"
                .formatted(
                        snapshot.image().vips().size(),
                        snapshot.image().reals().size(),
                        snapshot.revision(),
                        attached.isEmpty() ? "attached to no interface" : "attached to " + attached);
        return state + ": " + (condition.sentence().isEmpty() ? counts : condition.sentence() + " " + counts);
    }
}

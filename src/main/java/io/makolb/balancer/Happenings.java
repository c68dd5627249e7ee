package io.makolb.balancer;

import io.makolb.balancer.Condition.State;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.Observation.LinkState;
import io.makolb.model.ResourceKey;
import io.makolb.plane.InterfaceImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What has happened between two snapshots, apart from the revisions themselves. Pure. */
final class Happenings {

    private static final List<String> DATAPLANE = List.of("dataplane");

    private final Snapshot before;
    private final Snapshot after;
    private final Instant at;
    private final long applied;
    private final List<News> news = new ArrayList<>();

    private Happenings(Snapshot before, Snapshot after, Instant at, long applied) {
        this.before = before;
        this.after = after;
        this.at = at;
        this.applied = applied;
    }

    /**
     * Compares.
     *
     * @param applied the revision that packets were last known to obey; {@link Long#MAX_VALUE}: they are between two
     */
    static List<News> between(Snapshot before, Snapshot after, Instant at, long applied) {
        Happenings happenings = new Happenings(before, after, at, applied);
        happenings.condition();
        if (before.condition().state() != State.STARTING) {
            happenings.interfaces();
        }
        happenings.readiness();
        return happenings.news;
    }

    private void condition() {
        State was = before.condition().state();
        State is = after.condition().state();
        String sentence = after.condition().sentence();
        if (was == State.STARTING && is != State.STARTING) {
            add(
                    EventType.STARTED,
                    "Mako runs with " + after.configuration().vips().size() + " VIPs at revision " + after.revision()
                            + ".",
                    DATAPLANE);
        }
        if (was == State.FOREIGN && is != State.FOREIGN) {
            add(EventType.ADOPTED, "It is decided whom the plane belongs to.", DATAPLANE);
        }
        if (was == State.READ_ONLY && is != State.READ_ONLY) {
            add(EventType.STORE_BACK, "The store can be read again.", DATAPLANE);
        }
        if (was == State.REPAIRING && after.condition().isObeyed()) {
            add(EventType.REPAIRED, "Packets obey revision " + after.revision() + " again.", DATAPLANE);
        }
        switch (is) {
            case REPAIRING -> {
                if (was != is || !sentence.equals(before.condition().sentence())) {
                    add(EventType.PENDING, sentence, DATAPLANE);
                }
            }
            case FOREIGN -> {
                if (was != is) {
                    add(EventType.FOREIGN_PLANE, sentence, DATAPLANE);
                }
            }
            case READ_ONLY -> {
                if (was != is) {
                    add(EventType.STORE_LOST, sentence, DATAPLANE);
                }
            }
            case READY, DEGRADED -> {
                if (applied < after.revision() && was != State.STARTING && was != State.REPAIRING) {
                    add(EventType.APPLIED, "Packets obey revision " + after.revision() + ".", DATAPLANE);
                }
            }
            case STARTING -> {}
        }
    }

    private void interfaces() {
        for (Map.Entry<String, InterfaceImage> entry :
                after.image().interfaces().entrySet()) {
            String name = entry.getKey();
            InterfaceImage was = before.image().interfaces().get(name);
            if (was != null) {
                LinkState linkWas = link(before, name);
                LinkState linkIs = link(after, name);
                link(name, linkWas, linkIs);
                attachment(name, was, entry.getValue(), linkWas, linkIs);
                gateway(name, was.gateway(), entry.getValue().gateway());
            }
        }
    }

    private static @Nullable LinkState link(Snapshot snapshot, String name) {
        Observation seen = snapshot.observations().get(new LinkState(name, 0, false).key());
        return seen instanceof LinkState link ? link : null;
    }

    private void link(String name, @Nullable LinkState was, @Nullable LinkState is) {
        if (was == null || is == null || was.equals(is)) {
            return;
        }
        if (is.index() == 0) {
            add(EventType.LINK_GONE, "There is no interface " + name + " any more.", path(name));
        } else if (was.up() != is.up()) {
            add(
                    is.up() ? EventType.LINK_UP : EventType.LINK_DOWN,
                    is.up() ? name + " is up." : name + " has no carrier, or is administratively down.",
                    path(name));
        }
    }

    private void attachment(
            String name,
            InterfaceImage was,
            InterfaceImage is,
            @Nullable LinkState linkWas,
            @Nullable LinkState linkIs) {
        boolean wanted =
                before.configuration().attached() != after.configuration().attached();
        boolean anew = linkWas != null && linkIs != null && linkWas.index() != linkIs.index();
        if (was.attached() && !is.attached() && wanted) {
            add(EventType.DETACHED, "The program was taken off " + name + ".", path(name));
        } else if (is.attached() && !was.attached() && wanted) {
            add(EventType.ATTACHED, "The program was attached to " + name + ".", path(name));
        } else if (is.attached() && (anew || !was.attached())) {
            add(EventType.REATTACHED, "The program is on " + name + " again.", path(name));
        }
    }

    private void gateway(String name, Optional<MacAddress> was, Optional<MacAddress> is) {
        if (was.equals(is)) {
            return;
        }
        if (is.isEmpty()) {
            add(
                    EventType.GATEWAY_LOST,
                    "The gateway of " + name + " is not known any more; packets of VIPs are dropped there.",
                    path(name));
        } else if (was.isEmpty()) {
            add(EventType.GATEWAY_LEARNED, "The gateway of " + name + " is " + is.get() + ".", path(name));
        } else {
            add(
                    EventType.GATEWAY_CHANGED,
                    "The gateway of " + name + " is " + is.get() + ", before it was " + was.get() + ".",
                    path(name));
        }
    }

    private void readiness() {
        if (before.readiness().ready() != after.readiness().ready()) {
            boolean ready = after.readiness().ready();
            add(
                    ready ? EventType.READY : EventType.NOT_READY,
                    ready ? "Mako can be given traffic." : after.readiness().trouble(),
                    DATAPLANE);
        }
    }

    private static List<String> path(String interfaceName) {
        return List.of(new ResourceKey.OfInterface(interfaceName).toString());
    }

    private void add(EventType type, String sentence, List<String> resources) {
        news.add(News.of(at, type, after.revision(), sentence, resources));
    }
}

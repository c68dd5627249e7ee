package io.makolb.machine;

import io.makolb.linux.NetworkLink;
import io.makolb.model.Observation.LinkState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the machine's links the configured names stand for. A name belongs to the link that has it; an interface that was
 * renamed keeps its configured name here as long as it exists and no other takes the name, because the program stays attached
 * to it. For one thread at a time.
 */
final class LinkTracker {

    private static final Logger log = LoggerFactory.getLogger(LinkTracker.class);

    private final List<String> names;
    private final Map<String, NetworkLink> links = new HashMap<>();
    private final Map<String, LinkState> states = new HashMap<>();

    /**
     * Knows nothing yet.
     *
     * @param names of the interfaces, as configured
     */
    LinkTracker(List<String> names) {
        this.names = List.copyOf(names);
    }

    /**
     * Looks at all links of the machine.
     *
     * @return what is different from the last look, in the order of the configuration
     */
    List<LinkState> update(List<NetworkLink> all) {
        List<LinkState> changes = new ArrayList<>();
        for (String name : names) {
            NetworkLink before = links.get(name);
            Optional<NetworkLink> now = find(name, before, all);
            now.ifPresentOrElse(link -> links.put(name, link), () -> links.remove(name));
            LinkState state = now.map(
                            link -> new LinkState(name, link.index(), link.administrativelyUp() && link.carrier()))
                    .orElse(new LinkState(name, 0, false));
            LinkState last = states.put(name, state);
            if (!state.equals(last)) {
                changes.add(state);
            }
            tell(name, last, state, before, now);
        }
        return changes;
    }

    /** The link that a configured name stands for; empty while there is none. */
    Optional<NetworkLink> link(String name) {
        return Optional.ofNullable(links.get(name));
    }

    private static Optional<NetworkLink> find(String name, @Nullable NetworkLink before, List<NetworkLink> all) {
        return all.stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .or(() -> all.stream()
                        .filter(link -> before != null && link.index() == before.index())
                        .findFirst());
    }

    private static void tell(
            String name,
            @Nullable LinkState last,
            LinkState state,
            @Nullable NetworkLink before,
            Optional<NetworkLink> now) {
        if (last == null ? state.index() == 0 : state.index() == 0 && last.index() != 0) {
            log.warn("There is no interface {} now.", name);
        } else if (last != null && last.index() != state.index()) {
            log.info("Interface {} is there anew, with index {}.", name, state.index());
        } else if (last != null && last.up() != state.up()) {
            log.info("Interface {} is {}.", name, state.up() ? "up" : "down, or has no carrier");
        }
        now.filter(link -> before != null
                        && link.index() == before.index()
                        && !link.name().equals(before.name()))
                .ifPresent(link -> log.warn(
                        "Interface {} is called {} now. The program stays attached; name it so in"
                                + " mako.dataplane.interfaces before the next start.",
                        before == null ? name : before.name(),
                        link.name()));
    }
}

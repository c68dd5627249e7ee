package io.makolb.plane;

import io.makolb.libbpf.BpfException;
import io.makolb.libbpf.BpfProgram;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The health-check program on what leaves one interface, in the first way that the kernel has. */
final class EgressAttachment implements AutoCloseable {

    /** What the names of all pins of attachments begin with. */
    static final String PIN_PREFIX = "egress_";

    private static final Logger log = LoggerFactory.getLogger(EgressAttachment.class);

    private final String interfaceName;
    private final List<Egress> ways;
    private final KernelWrites writes;

    /**
     * An attachment.
     *
     * @param ways to be tried in this order
     */
    EgressAttachment(String interfaceName, List<Egress> ways, KernelWrites writes) {
        this.interfaceName = interfaceName;
        this.ways = List.copyOf(ways);
        this.writes = writes;
    }

    static EgressAttachment of(String interfaceName, PinDirectory pins, KernelWrites writes) {
        return new EgressAttachment(
                interfaceName,
                List.of(new EgressLink(interfaceName, pins), new EgressFilter(interfaceName, pins)),
                writes);
    }

    /** Interface names may have dots, which a BPF file system refuses, and never colons. */
    static String pinned(String interfaceName) {
        return interfaceName.replace('.', ':');
    }

    /** The interface of a pin that begins with {@link #PIN_PREFIX}. */
    static String interfaceOf(String pin) {
        return pin.substring(pin.indexOf('_', PIN_PREFIX.length()) + 1).replace(':', '.');
    }

    String interfaceName() {
        return interfaceName;
    }

    /** The program that works now; empty: there is none. */
    synchronized OptionalInt programId() {
        return ways.stream()
                .map(Egress::programId)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    /** How it is attached; empty while it is not. */
    synchronized String way() {
        return ways.stream()
                .filter(way -> way.programId().isPresent())
                .map(Egress::way)
                .findFirst()
                .orElse("");
    }

    /**
     * Lets this program run on what leaves the interface.
     *
     * @throws PlaneException it cannot
     */
    synchronized void attach(BpfProgram program) {
        OptionalInt present = programId();
        if (present.isPresent() && present.getAsInt() == program.info().id()) {
            return;
        }
        for (Egress way : ways) {
            boolean last = way == ways.get(ways.size() - 1);
            if (present.isPresent() && way.programId().isEmpty()) {
                continue;
            }
            try {
                writes.other(() -> way.attach(program));
                log.info("Health checks that leave {} are forwarded ({})", interfaceName, way.way());
                return;
            } catch (BpfException e) {
                if (last || !e.isInvalid()) {
                    throw refused(e);
                }
            }
        }
    }

    /** Takes the program away. */
    synchronized void detach() {
        for (Egress way : ways) {
            if (way.programId().isPresent()) {
                writes.other(way::detach);
            } else {
                way.detach();
            }
        }
    }

    @Override
    public synchronized void close() {
        ways.forEach(Egress::close);
    }

    private PlaneStartException refused(BpfException e) {
        return new PlaneStartException(
                "Health checks that leave " + interfaceName + " cannot be forwarded: " + e.getMessage(),
                "Name another interface with mako.healthcheck.interface, or set mako.healthcheck.enabled=false.",
                e.errno(),
                e);
    }
}

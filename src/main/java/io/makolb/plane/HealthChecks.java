package io.makolb.plane;

import io.makolb.libbpf.BpfProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** Everything of the plane that health checks obey: marks, destinations that are counted, and the program on what leaves. */
final class HealthChecks implements AutoCloseable {

    private final HealthCheckLoader loader;
    private final PlaneProgram program;
    private final MarkTable marks;
    private final HealthCheckKeyTable keys;
    private final List<String> configured;
    private final Map<String, EgressAttachment> attachments = new LinkedHashMap<>();

    /**
     * What is there, to be changed.
     *
     * @param interfaces where marked packets shall leave
     */
    HealthChecks(
            HealthCheckLoader loader,
            PlaneProgram program,
            KernelTables tables,
            PinDirectory pins,
            List<String> interfaces) {
        this.loader = loader;
        this.program = program;
        this.marks = new MarkTable(tables.maps().map(PlaneMaps.HEALTHCHECK_MARKS), tables.writes());
        this.keys = new HealthCheckKeyTable(tables.maps().map(PlaneMaps.HEALTHCHECK_KEYS), tables.writes());
        this.configured = List.copyOf(interfaces);
        List<String> names = new ArrayList<>(interfaces);
        // Where an earlier process attached, whatever the properties say now.
        pins.names().stream()
                .filter(pin -> pin.startsWith(EgressAttachment.PIN_PREFIX))
                .map(EgressAttachment::interfaceOf)
                .forEach(names::add);
        names.forEach(
                name -> attachments.computeIfAbsent(name, one -> EgressAttachment.of(one, pins, tables.writes())));
    }

    /** Interfaces through which marked packets shall leave. */
    List<String> interfaces() {
        return configured;
    }

    /** Which destinations are counted, and how much. */
    HealthCheckKeyTable keys() {
        return keys;
    }

    /** As it is in the kernel now. */
    HealthCheckImage read() {
        return new HealthCheckImage(marks.read(), keys.read().navigableKeySet(), attached());
    }

    /** The interfaces it runs on. */
    NavigableSet<String> attached() {
        NavigableSet<String> attached = new TreeSet<>();
        attachments.forEach((name, attachment) -> {
            OptionalInt running = attachment.programId();
            // On a configured interface, another program than this one counts as none: it is to be replaced.
            if (running.isPresent() && (running.getAsInt() == program.id() || !configured.contains(name))) {
                attached.add(name);
            }
        });
        return attached;
    }

    /** Brings into the kernel, without effect on packets, what this will need. */
    void prepare(HealthCheckImage wanted) {
        if (!wanted.interfaces().isEmpty()) {
            program.require();
        }
    }

    /** Brings this into force. Attaching where it is attached, and writing what is there, do nothing. */
    void apply(HealthCheckImage wanted) {
        marks.write(wanted.marks());
        keys.write(wanted.keys());
        attachments.forEach((name, attachment) -> {
            if (wanted.interfaces().contains(name) && MachineInterfaces.index(name) != 0) {
                attachment.attach(program.require());
            } else if (!wanted.interfaces().contains(name)) {
                attachment.detach();
            }
        });
        settle();
    }

    /** Whether this is in force, as far as it can be: on interfaces that are not there it is. */
    boolean obeys(HealthCheckImage wanted) {
        HealthCheckImage present = read();
        NavigableSet<String> missing = new TreeSet<>(wanted.interfaces());
        missing.removeAll(present.interfaces());
        missing.removeIf(name -> MachineInterfaces.index(name) == 0);
        return missing.isEmpty()
                && wanted.interfaces().containsAll(present.interfaces())
                && present.marks().equals(wanted.marks())
                && present.keys().equals(wanted.keys());
    }

    /** Lets the program run on a plane that was just created. */
    void attachFirst() {
        if (configured.isEmpty()) {
            return;
        }
        BpfProgram loaded = program.require();
        configured.forEach(name -> attachment(name).attach(loaded));
        settle();
    }

    /** Loads the program anew, for what the machine is like now, and puts it in place of the running one. */
    void reload() {
        if (configured.isEmpty()) {
            return;
        }
        loader.refresh();
        BpfProgram replacement = program.load();
        attachments.values().stream()
                .filter(attachment -> attachment.programId().isPresent())
                .forEach(attachment -> attachment.attach(replacement));
        settle();
    }

    /** Takes the program off all interfaces. */
    void detach() {
        attachments.values().forEach(EgressAttachment::detach);
    }

    HealthCheckFacts facts() {
        HealthCheckSetup setup = loader.setup();
        List<HealthCheckFacts.Attachment> attached = new ArrayList<>();
        attachments.forEach((name, attachment) -> {
            if (attachment.programId().isPresent()) {
                attached.add(new HealthCheckFacts.Attachment(name, attachment.way()));
            }
        });
        boolean enabled = !configured.isEmpty();
        return new HealthCheckFacts(
                enabled,
                program.id(),
                setup.encapsulation(),
                enabled ? setup.sourceV4() : Optional.empty(),
                enabled ? setup.sourceV6() : Optional.empty(),
                setup.reaches(false),
                setup.reaches(true),
                attached);
    }

    @Override
    public void close() {
        attachments.values().forEach(EgressAttachment::close);
        program.close();
    }

    /** Marks the program as the one to be taken over, once nothing else runs. */
    private void settle() {
        int id = program.id();
        boolean everywhere = attachments.values().stream()
                .map(EgressAttachment::programId)
                .filter(OptionalInt::isPresent)
                .allMatch(running -> running.getAsInt() == id);
        if (id != 0 && everywhere) {
            program.settle();
        }
    }

    private EgressAttachment attachment(String name) {
        EgressAttachment attachment = attachments.get(name);
        if (attachment == null) {
            throw new IllegalArgumentException(name + " is not an interface of health checks");
        }
        return attachment;
    }
}

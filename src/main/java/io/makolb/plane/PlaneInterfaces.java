package io.makolb.plane;

import io.makolb.libbpf.BpfLinkInfo;
import io.makolb.libbpf.BpfProgram;
import io.makolb.model.AttachMode;
import io.makolb.model.MacAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The interfaces of the plane: what runs there and where frames leave to. */
final class PlaneInterfaces implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PlaneInterfaces.class);

    private final Map<String, InterfaceAttachment> attachments = new LinkedHashMap<>();
    private final GatewayTable gateways;
    private final PlaneProgram program;

    /**
     * Interfaces in the order of the configuration.
     *
     * @param names the first one's gateway serves as everybody's default
     */
    PlaneInterfaces(
            List<String> names, PinDirectory pins, GatewayTable gateways, PlaneProgram program, KernelWrites writes) {
        this.gateways = gateways;
        this.program = program;
        names.forEach(name -> attachments.put(name, new InterfaceAttachment(name, pins, writes)));
        pins.names().stream()
                .filter(pin -> pin.startsWith(InterfaceAttachment.PIN_PREFIX))
                .filter(pin -> attachments.values().stream().noneMatch(attachment -> attachment.owns(pin)))
                .forEach(pin -> log.warn(
                        "An interface that is not in mako.dataplane.interfaces still runs the program; take it off with:"
                                + " rm {}",
                        pins.pin(pin)));
    }

    /** What runs where now. An interface with another program than this one counts as detached. */
    NavigableMap<String, InterfaceImage> images() {
        NavigableMap<String, InterfaceImage> images = new TreeMap<>();
        attachments.forEach((name, attachment) -> images.put(name, image(attachment)));
        return images;
    }

    /** What the kernel says of each. */
    List<PlaneFacts.Attachment> facts() {
        List<PlaneFacts.Attachment> facts = new ArrayList<>();
        attachments.forEach((name, attachment) -> {
            Optional<BpfLinkInfo> live = attachment.live();
            facts.add(new PlaneFacts.Attachment(
                    name,
                    live.map(BpfLinkInfo::interfaceIndex).orElseGet(attachment::index),
                    live.isPresent() ? attachment.mode().name() : "",
                    live.map(BpfLinkInfo::id).orElse(0),
                    live.map(BpfLinkInfo::programId).orElse(0)));
        });
        return facts;
    }

    /** Brings into the kernel, without effect on packets, what bringing an interface to this state will need. */
    void prepare(String name, InterfaceImage wanted) {
        if (wanted.attached() && attachment(name).index() != 0) {
            program.require();
        }
    }

    /** Brings an interface to this state. One that is not there now is left for later. */
    void apply(String name, InterfaceImage wanted) {
        InterfaceAttachment attachment = attachment(name);
        putGateway(attachment, wanted.gateway());
        if (isElsewhere(attachment)) {
            log.warn("{} was renamed or moved; what is attached to it stays as it is", name);
        } else if (!wanted.attached()) {
            attachment.detach();
        } else if (attachment.index() == 0 && attachment.live().isEmpty()) {
            log.warn("There is no interface {}; the program is attached when it appears", name);
        } else {
            attachment.attach(program.require(), wanted.mode());
        }
    }

    /** Lets the program run on an interface of a plane that was just created. */
    void attachFirst(String name, BpfProgram loaded, AttachMode mode) {
        attachment(name).attach(loaded, mode);
    }

    /** Whether an interface is in this state, as far as it can be: one that is not there is. */
    boolean obeys(String name, InterfaceImage wanted) {
        InterfaceAttachment attachment = attachment(name);
        return attachment.index() == 0 || image(attachment).satisfies(wanted);
    }

    /** Whether the program works on an interface that has lost its name: nobody can have meant to detach that. */
    private static boolean isElsewhere(InterfaceAttachment attachment) {
        return attachment.index() == 0 && attachment.live().isPresent();
    }

    /** Puts this program in place of whatever runs on the interfaces. */
    void replaceProgram(BpfProgram replacement) {
        attachments.values().stream()
                .filter(attachment -> attachment.live().isPresent())
                .forEach(attachment -> attachment.attach(replacement, attachment.mode()));
    }

    /** Marks the program as the one to be taken over, once nothing else runs. */
    void settle() {
        int id = program.id();
        boolean everywhere = attachments.values().stream()
                .flatMap(attachment -> attachment.live().stream())
                .allMatch(live -> live.programId() == id);
        if (id != 0 && everywhere) {
            program.settle();
        }
    }

    /** Takes the program off all interfaces. */
    void detach() {
        attachments.values().forEach(InterfaceAttachment::detach);
    }

    @Override
    public void close() {
        attachments.values().forEach(InterfaceAttachment::close);
    }

    private InterfaceImage image(InterfaceAttachment attachment) {
        Optional<BpfLinkInfo> live = attachment.live();
        boolean attached = live.isPresent() && live.get().programId() == program.id();
        return new InterfaceImage(attached, attached ? attachment.mode() : AttachMode.AUTO, gateway(attachment));
    }

    private Optional<MacAddress> gateway(InterfaceAttachment attachment) {
        if (isAlone()) {
            return gateways.fallback();
        }
        int index = indexOf(attachment);
        return index == 0 ? Optional.empty() : gateways.of(index);
    }

    /** The gateway of frames from elsewhere must be the first interface's. */
    Optional<Flaw> gatewayFlaw() {
        InterfaceAttachment first = attachments.values().iterator().next();
        Optional<MacAddress> own = gateway(first);
        Optional<MacAddress> common = gateways.fallback();
        return isAlone() || indexOf(first) == 0 || own.equals(common)
                ? Optional.empty()
                : Optional.of(new Flaw("dataplane", "gateway of other interfaces", text(own), text(common)));
    }

    private static String text(Optional<MacAddress> gateway) {
        return gateway.map(MacAddress::toString).orElse("none");
    }

    private void putGateway(InterfaceAttachment attachment, Optional<MacAddress> gateway) {
        if (isFirst(attachment)) {
            gateways.putFallback(gateway);
        }
        int index = indexOf(attachment);
        if (isAlone() || index == 0) {
            return;
        }
        for (InterfaceAttachment other : attachments.values()) {
            if (other != attachment && GatewayTable.collide(index, indexOf(other))) {
                throw new PlaneException(
                        "The interface indexes of " + attachment.name() + " (" + index + ") and " + other.name() + " ("
                                + indexOf(other) + ") share a place in the gateway table. Create one of them anew.",
                        0,
                        null);
            }
        }
        gateways.put(index, gateway);
    }

    /** The index frames come in with: of a moved or renamed interface, that of its attachment. */
    private static int indexOf(InterfaceAttachment attachment) {
        return attachment.live().map(BpfLinkInfo::interfaceIndex).orElseGet(attachment::index);
    }

    private boolean isAlone() {
        return attachments.size() == 1;
    }

    private boolean isFirst(InterfaceAttachment attachment) {
        return attachments.values().iterator().next() == attachment;
    }

    private InterfaceAttachment attachment(String name) {
        InterfaceAttachment attachment = attachments.get(name);
        if (attachment == null) {
            throw new PlaneException(
                    "The interface " + name + " is not one of this plane's (" + String.join(", ", attachments.keySet())
                            + "). Name it in mako.dataplane.interfaces and start Mako again.",
                    0,
                    null);
        }
        return attachment;
    }
}

package io.makolb.plane;

import io.makolb.libbpf.BpfException;
import io.makolb.libbpf.BpfLink;
import io.makolb.libbpf.BpfLinkInfo;
import io.makolb.libbpf.BpfProgram;
import io.makolb.libbpf.XdpMode;
import io.makolb.model.AttachMode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program on one interface. The attachment is a pinned link: it follows its interface when that is renamed or moved, and
 * is severed when that is deleted, even if one of the same name comes back.
 */
final class InterfaceAttachment implements AutoCloseable {

    /** What the names of all pinned links begin with. */
    static final String PIN_PREFIX = "link_";

    private static final Logger log = LoggerFactory.getLogger(InterfaceAttachment.class);

    private final String name;
    private final PinDirectory pins;
    private final KernelWrites writes;
    private @Nullable BpfLink link;
    private XdpMode mode = XdpMode.NATIVE;

    InterfaceAttachment(String name, PinDirectory pins, KernelWrites writes) {
        this.name = name;
        this.pins = pins;
        this.writes = writes;
        for (XdpMode candidate : XdpMode.values()) {
            if (link == null && pins.has(pinName(candidate))) {
                link = BpfLink.openPinned(pins.pin(pinName(candidate)));
                mode = candidate;
            }
        }
        live().filter(info -> index() == 0)
                .ifPresent(info -> log.warn(
                        "There is no interface {} any more; its attachment goes on where it was renamed or moved to"
                                + " (interface index {})",
                        name,
                        info.interfaceIndex()));
    }

    String name() {
        return name;
    }

    /** Whether this pin would be the attachment's own. */
    boolean owns(String pin) {
        return pin.equals(pinName(XdpMode.NATIVE)) || pin.equals(pinName(XdpMode.GENERIC));
    }

    /** The interface's index now; 0 = it is not there. */
    int index() {
        return MachineInterfaces.index(name);
    }

    /** The attachment that works now: it is not severed, and on the interface of this name, or on what that has become. */
    synchronized Optional<BpfLinkInfo> live() {
        BpfLink open = link;
        if (open == null) {
            return Optional.empty();
        }
        BpfLinkInfo info = open.info();
        int index = index();
        boolean here = index == 0 || info.interfaceIndex() == index;
        return info.isSevered() || !here ? Optional.empty() : Optional.of(info);
    }

    /** Where the program sits, if it does. */
    AttachMode mode() {
        return mode == XdpMode.NATIVE ? AttachMode.NATIVE : AttachMode.GENERIC;
    }

    /**
     * Lets this program run on the interface.
     *
     * @throws AttachRefusedException the kernel does not let it; if a mode was to be changed, the old one is in force again
     */
    synchronized void attach(BpfProgram program, AttachMode wanted) {
        Optional<BpfLinkInfo> present = live();
        BpfLink open = link;
        boolean modeFits = wanted == AttachMode.AUTO || wanted == mode();
        if (present.isPresent() && open != null && modeFits) {
            if (present.get().programId() != program.info().id()) {
                writes.other(() -> open.update(program));
            }
            return;
        }
        if (index() == 0) {
            throw new InterfaceMissingException(name, MachineInterfaces.names());
        }
        XdpMode before = mode;
        detach();
        try {
            create(program, wanted);
        } catch (AttachRefusedException e) {
            present.ifPresent(link -> restore(program, before, e));
            throw e;
        }
    }

    private void create(BpfProgram program, AttachMode wanted) {
        switch (wanted) {
            case NATIVE -> create(program, XdpMode.NATIVE);
            case GENERIC -> create(program, XdpMode.GENERIC);
            case AUTO -> createWhereItCan(program);
        }
    }

    /** Two modes cannot be attached side by side, so what was there had to go before the other could be tried. */
    private void restore(BpfProgram program, XdpMode before, AttachRefusedException refusal) {
        try {
            create(program, before);
        } catch (AttachRefusedException e) {
            refusal.addSuppressed(e);
        }
    }

    /** Takes the program off the interface. */
    synchronized void detach() {
        BpfLink open = link;
        if (open != null) {
            link = null;
            writes.other(() -> pins.remove(pinName(mode)));
            // Without its pin, the link ends with its last descriptor.
            open.close();
        }
    }

    private void createWhereItCan(BpfProgram program) {
        try {
            create(program, XdpMode.NATIVE);
        } catch (AttachRefusedException e) {
            create(program, XdpMode.GENERIC);
            log.warn("{} Running in the network stack instead, which is slower.", e.description());
        }
    }

    private void create(BpfProgram program, XdpMode wanted) {
        try {
            writes.other(() -> {
                BpfLink created = BpfLink.attachXdp(program, index(), wanted);
                try {
                    created.pin(pins.pin(pinName(wanted)));
                } catch (BpfException e) {
                    created.close();
                    throw e;
                }
                link = created;
                mode = wanted;
            });
        } catch (BpfException e) {
            throw AttachRefusedException.of(name, wanted, MachineInterfaces.find(name), e);
        }
        log.info("Attached to {} (interface index {}), mode {}", name, index(), mode());
    }

    /** Interface names may have dots, which a BPF file system refuses, and never colons. */
    private String pinName(XdpMode of) {
        return PIN_PREFIX + of.name().toLowerCase(Locale.ROOT) + "_" + name.replace('.', ':');
    }

    /** Gives up the descriptor; the program stays where it is. */
    @Override
    public synchronized void close() {
        BpfLink open = link;
        if (open != null) {
            open.close();
        }
    }
}

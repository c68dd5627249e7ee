package io.makolb.plane;

import io.makolb.libbpf.BpfException;
import io.makolb.libbpf.BpfLink;
import io.makolb.libbpf.BpfLinkInfo;
import io.makolb.libbpf.BpfProgram;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A pinned tcx link, as kernels since 6.6 have it. */
final class EgressLink implements Egress {

    private final String interfaceName;
    private final String pin;
    private final PinDirectory pins;
    private @Nullable BpfLink link;

    EgressLink(String interfaceName, PinDirectory pins) {
        this.interfaceName = interfaceName;
        this.pin = EgressAttachment.PIN_PREFIX + "link_" + EgressAttachment.pinned(interfaceName);
        this.pins = pins;
        if (pins.has(pin)) {
            link = BpfLink.openPinned(pins.pin(pin));
        }
    }

    @Override
    public String way() {
        return "TCX";
    }

    @Override
    public OptionalInt programId() {
        return live().map(info -> OptionalInt.of(info.programId())).orElse(OptionalInt.empty());
    }

    @Override
    public void attach(BpfProgram program) {
        BpfLink open = link;
        if (open != null && live().isPresent()) {
            open.update(program);
            return;
        }
        detach();
        BpfLink created = BpfLink.attachEgress(program, MachineInterfaces.index(interfaceName));
        try {
            created.pin(pins.pin(pin));
        } catch (BpfException e) {
            created.close();
            throw e;
        }
        link = created;
    }

    @Override
    public void detach() {
        BpfLink open = link;
        if (open != null) {
            link = null;
            pins.remove(pin);
            // Without its pin, the link ends with its last descriptor.
            open.close();
        }
    }

    @Override
    public void close() {
        BpfLink open = link;
        if (open != null) {
            open.close();
        }
    }

    /** A link follows its interface when that is renamed or moved, and is severed when that is deleted. */
    private Optional<BpfLinkInfo> live() {
        BpfLink open = link;
        if (open == null) {
            return Optional.empty();
        }
        BpfLinkInfo info = open.info();
        int index = MachineInterfaces.index(interfaceName);
        return info.isSevered() || (index != 0 && info.interfaceIndex() != index)
                ? Optional.empty()
                : Optional.of(info);
    }
}

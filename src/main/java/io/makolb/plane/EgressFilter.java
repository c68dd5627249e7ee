package io.makolb.plane;

import io.makolb.libbpf.BpfProgram;
import io.makolb.libbpf.TcFilter;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A filter of clsact, for kernels before 6.6. It needs no pin to stay; its program is pinned beside it so that the next process
 * knows that it is ours.
 */
final class EgressFilter implements Egress {

    private final String interfaceName;
    private final String pin;
    private final String nextPin;
    private final PinDirectory pins;

    EgressFilter(String interfaceName, PinDirectory pins) {
        this.interfaceName = interfaceName;
        this.pin = EgressAttachment.PIN_PREFIX + "filter_" + EgressAttachment.pinned(interfaceName);
        this.nextPin = EgressAttachment.PIN_PREFIX + "next_" + EgressAttachment.pinned(interfaceName);
        this.pins = pins;
    }

    @Override
    public String way() {
        return "CLSACT";
    }

    @Override
    public OptionalInt programId() {
        if (!pins.has(pin) && !pins.has(nextPin)) {
            return OptionalInt.empty();
        }
        OptionalInt attached = place().programId();
        return attached.isPresent() && isOurs(attached.getAsInt()) ? attached : OptionalInt.empty();
    }

    @Override
    public void attach(BpfProgram program) {
        TcFilter place = place();
        OptionalInt present = place.programId();
        if (present.isPresent() && !isOurs(present.getAsInt())) {
            throw new PlaneException(
                    "Another program (id " + present.getAsInt() + ") has the place of health checks in what leaves "
                            + interfaceName + ". Take it away with: tc filter del dev " + interfaceName
                            + " egress pref " + TcFilter.PRIORITY,
                    0,
                    null);
        }
        // Marked as ours before it is attached: whenever this process dies, the next one knows what it finds.
        if (pins.has(nextPin)) {
            pins.remove(nextPin);
        }
        program.pin(pins.pin(nextPin));
        place.attach(program);
        pins.rename(nextPin, pin);
    }

    @Override
    public void detach() {
        if (programId().isPresent()) {
            place().detach();
        }
        Stream.of(pin, nextPin).filter(pins::has).forEach(pins::remove);
    }

    @Override
    public void close() {}

    private TcFilter place() {
        return TcFilter.egress(MachineInterfaces.index(interfaceName));
    }

    private boolean isOurs(int programId) {
        return Stream.of(pin, nextPin).filter(pins::has).anyMatch(name -> {
            try (BpfProgram pinned = BpfProgram.openPinned(pins.pin(name))) {
                return pinned.info().id() == programId;
            }
        });
    }
}

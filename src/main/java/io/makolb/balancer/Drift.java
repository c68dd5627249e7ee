package io.makolb.balancer;

import java.util.Optional;

/** Whether the kernel holds what the configuration asks for. It is only looked at here; nothing is repaired. */
public interface Drift {

    /** What the last check found; absent: there was none yet. */
    Optional<DriftReport> latest();

    /**
     * Reads all that packets obey back from the kernel and compares it with the configuration. Costs the writer nothing.
     *
     * @throws io.makolb.model.Refusal {@code PLANE_UNAVAILABLE} the kernel cannot be read, {@code WRITER_BUSY} nobody can say
     *     what it should hold now
     */
    DriftReport check();
}

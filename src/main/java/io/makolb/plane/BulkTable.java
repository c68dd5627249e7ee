package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.BulkSet;
import java.util.List;
import java.util.Map;

/** Where packets find the resources of one {@link io.makolb.model.BulkKind}. */
interface BulkTable {

    /** What packets find there. Keys that lead to an index which no real has are left out: they lead nowhere. */
    BulkSet<?> read(RealRows reals);

    /**
     * Does everything of a change that can fail for want of memory.
     *
     * @param reals indexes that the keys lead to
     * @param earlier what was staged for a plan that this one takes the place of; what is of use is taken over
     */
    StagedBulk stage(PlanStep.ChangeBulk change, Map<Address, RealImage> reals, List<StagedBulk> earlier);
}

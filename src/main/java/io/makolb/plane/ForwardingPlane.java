package io.makolb.plane;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What packets obey. It outlives the process: closing it leaves everything forwarding.
 *
 * <p>Only the writer's thread calls {@link StagedPlan#switchOver}, {@link StagedPlan#verify} and {@link #claim}, and {@link #stage} for
 * plans that change interfaces. Other plans may be staged, and given up, on another thread beside it; such a plan may only be switched if
 * what is in force is still what it starts from. {@link #purge} may run beside all that, for retired numbers, and so may {@link #purgeConnections}; everything that reads may
 * be called by anybody.
 */
public interface ForwardingPlane extends AutoCloseable {

    /** Reads the whole image back from the kernel. With thousands of rings that takes seconds: for take-over, repair and drift checks. */
    PlaneImage read();

    /** This image with what runs on the interfaces now. */
    PlaneImage readInterfaces(PlaneImage of);

    /** Looks for what packets read and {@link #read} does not show. Costs as much; while a plan is switched, it finds it half done. */
    List<Flaw> inspect();

    /** Whose plane this is; absent: nobody has claimed it. */
    Optional<PlaneMeta> meta();

    /** Marks the plane as obeying this store at this revision, without changing what packets obey. */
    void claim(UUID storeId, long revision);

    /**
     * Does everything of a plan that can fail for want of memory or capacity, where no packet can reach it.
     *
     * @throws PlaneFullException nothing was changed
     * @throws PlaneException nothing was changed
     */
    StagedPlan stage(PlanePlan plan);

    /** Removes every connection to these retired numbers and zeroes their counters, so that they can be freed. */
    void purge(Set<Integer> vipNumbers, Set<Integer> realIndexes);

    /** Loads the program anew and puts it in place of the running one, with all maps and connections. */
    void reload();

    /** What is known of programs, attachment and memory now. */
    PlaneFacts facts();

    /** All counters at one moment. Only the statistics ticker calls it. */
    CounterSample counters();

    /** Counts connections that the tables remember. Costs reading all of them: hundreds of megabytes with the default sizes. */
    ConnectionSample connections(ConnectionFilter filter);

    /**
     * Lists connections that the tables remember, from a place on. Those that come, go or move meanwhile may be missing.
     *
     * @param atMost how many, at least 1
     */
    ConnectionPage listConnections(ConnectionFilter filter, ConnectionPosition from, int atMost);

    /**
     * Enters connections into the global connection table, in place of the oldest where there is no room. Those that no packet could
     * reach here are left out.
     *
     * @param dry only say what would become of them
     * @throws PlaneException the table is switched off
     */
    Imported importConnections(ConnectionLoad load, boolean dry);

    /** Makes the tables forget connections: their next packets are placed anew. Answers how many they were. */
    long purgeConnections(ConnectionFilter filter);

    /** Lets go of the plane; packets do not notice. */
    @Override
    void close();
}

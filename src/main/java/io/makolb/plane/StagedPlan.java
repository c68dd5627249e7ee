package io.makolb.plane;

/** A plan whose memory and space are secured, unseen by packets. Exactly one of its ends must come. */
public interface StagedPlan {

    /**
     * Makes the plan's image what packets obey, in an order in which no packet meets a half-made VIP, and then marks its
     * revision as applied. May be called again after it failed.
     *
     * @throws PlaneException when the kernel refuses a part; parts before it are in force
     */
    void switchOver();

    /**
     * Reads back what was written.
     *
     * @throws PlaneException when the kernel holds something else
     */
    void verify();

    /** Gives back what staging had secured. */
    void abandon();

    /**
     * Stages another plan in place of this one, whose end this is. Rings that both of them need are not built again.
     *
     * @throws PlaneException as {@link ForwardingPlane#stage} does
     */
    StagedPlan replaceBy(PlanePlan plan);
}

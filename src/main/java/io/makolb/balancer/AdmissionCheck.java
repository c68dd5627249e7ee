package io.makolb.balancer;

import io.makolb.model.Configuration;
import java.util.List;

/**
 * A rule that needs to know more than the configuration: what the process was started with, what the machine looks like. Every
 * bean of this type is asked, on the writer's thread and on others: it must not block.
 */
@FunctionalInterface
public interface AdmissionCheck {

    /**
     * Decides whether a change may be made.
     *
     * @param after the configuration as it would be
     * @param differences what would be different; rules look at these only, so that what was admitted once stays
     * @param force the author insists, where a rule can be overridden
     * @throws io.makolb.model.Refusal when it may not
     */
    void check(Configuration after, List<Difference> differences, boolean force);
}

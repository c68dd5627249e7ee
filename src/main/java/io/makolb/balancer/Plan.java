package io.makolb.balancer;

import java.util.List;

/**
 * What a change would do: the answer to a dry run.
 *
 * @param baseRevision the revision it was planned on
 * @param changes resources that would differ
 */
public record Plan(long baseRevision, List<Difference> changes, Effect effect) {}

package io.makolb.plane;

import java.time.Instant;
import java.util.UUID;

/**
 * Whose plane this is and how far it is: what a pinned plane says of itself.
 *
 * @param storeId the store whose configuration it obeys
 * @param appliedRevision the last revision that was switched in whole
 * @param createdAt since when its counters run
 */
public record PlaneMeta(UUID storeId, long appliedRevision, Instant createdAt) {}

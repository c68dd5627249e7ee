package io.makolb.stats;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Condition;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Plan;
import io.makolb.balancer.Readiness;
import io.makolb.balancer.Snapshot;
import io.makolb.balancer.Submission;
import io.makolb.balancer.Tags;
import io.makolb.model.AttachMode;
import io.makolb.model.BulkSets;
import io.makolb.model.Configuration;
import io.makolb.model.MacAddress;
import io.makolb.model.Observation;
import io.makolb.model.ResourceKey;
import io.makolb.plane.HealthCheckImage;
import io.makolb.plane.InterfaceImage;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneLimits;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A balancer that shows one snapshot and does nothing. */
final class FixedBalancer implements Balancer {

    static final PlaneLimits LIMITS = new PlaneLimits(512, 4096, 131072, 65537, 6, 10_000);

    private final Snapshot snapshot;

    private FixedBalancer(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** Attached to {@code eth0} or not. */
    static FixedBalancer in(Condition condition, boolean attached, Readiness readiness) {
        TreeMap<String, InterfaceImage> interfaces = new TreeMap<>();
        interfaces.put(
                "eth0",
                new InterfaceImage(
                        attached,
                        AttachMode.AUTO,
                        attached ? Optional.of(MacAddress.parse("02:00:00:00:02:01")) : Optional.empty()));
        PlaneImage image = new PlaneImage(
                LIMITS,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                BulkSets.EMPTY,
                interfaces,
                HealthCheckImage.EMPTY);
        Configuration configuration = Configuration.EMPTY;
        return new FixedBalancer(new Snapshot(configuration, new NoTags(), 7, Map.of(), image, condition, readiness));
    }

    @Override
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Optional<String> configFile() {
        return Optional.empty();
    }

    @Override
    public CompletableFuture<Outcome> submit(Submission submission) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void observe(Observation observation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Snapshot> reload() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Snapshot> adopt(AdoptFrom from, String author, String message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Plan> previewReload() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<Plan> previewAdopt(AdoptFrom from) {
        throw new UnsupportedOperationException();
    }

    private static final class NoTags implements Tags {
        @Override
        public long of(ResourceKey resource) {
            return 0;
        }

        @Override
        public Map<ResourceKey, Long> all() {
            return Map.of();
        }
    }
}

package io.makolb.stats;

import io.makolb.plane.ConnectionFilter;
import io.makolb.plane.ConnectionLoad;
import io.makolb.plane.ConnectionPage;
import io.makolb.plane.ConnectionPosition;
import io.makolb.plane.ConnectionSample;
import io.makolb.plane.CounterSample;
import io.makolb.plane.Flaw;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.Imported;
import io.makolb.plane.PlaneException;
import io.makolb.plane.PlaneFacts;
import io.makolb.plane.PlaneImage;
import io.makolb.plane.PlaneMeta;
import io.makolb.plane.PlanePlan;
import io.makolb.plane.StagedPlan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A plane of which only the counters and the creation time can be asked. */
final class CountingPlane implements ForwardingPlane {

    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00.5Z");

    private final Supplier<CounterSample> counters;
    private volatile @Nullable PlaneException failure;

    CountingPlane(Supplier<CounterSample> counters) {
        this.counters = counters;
    }

    void failWith(PlaneException exception) {
        failure = exception;
    }

    void recover() {
        failure = null;
    }

    @Override
    public CounterSample counters() {
        PlaneException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return counters.get();
    }

    @Override
    public Optional<PlaneMeta> meta() {
        PlaneException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return Optional.of(new PlaneMeta(new UUID(0, 1), 1, CREATED));
    }

    @Override
    public PlaneImage readInterfaces(PlaneImage of) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlaneImage read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Flaw> inspect() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void claim(UUID storeId, long revision) {
        throw new UnsupportedOperationException();
    }

    @Override
    public StagedPlan stage(PlanePlan plan) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void purge(Set<Integer> vipNumbers, Set<Integer> realIndexes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void reload() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PlaneFacts facts() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConnectionSample connections(ConnectionFilter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ConnectionPage listConnections(ConnectionFilter filter, ConnectionPosition from, int atMost) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Imported importConnections(ConnectionLoad load, boolean dry) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long purgeConnections(ConnectionFilter filter) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

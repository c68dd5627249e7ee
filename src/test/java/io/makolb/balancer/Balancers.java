package io.makolb.balancer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.makolb.model.AttachMode;
import io.makolb.model.Change;
import io.makolb.plane.HealthCheckFacts;
import io.makolb.plane.MemoryKernel;
import io.makolb.plane.MemoryPlane;
import io.makolb.plane.PlaneFeatures;
import io.makolb.plane.PlaneLimits;
import io.makolb.store.Retention;
import io.makolb.store.SqliteStore;
import io.makolb.store.StoreFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A balancer on a plane in memory and a real SQLite file, which can die and start again: the file and the {@link MemoryKernel} are
 * what survives.
 */
public final class Balancers implements AutoCloseable {

    /** Ample sizes with small rings. */
    public static final PlaneLimits LIMITS = new PlaneLimits(64, 256, 4096, 4099, 6, 10_000);

    private final List<AdmissionCheck> checks = new ArrayList<>();
    private final DataplaneDefaults defaults;
    private MemoryKernel kernel;
    private Path file;
    private @Nullable StoreFailure unreadable;
    private final AtomicLong nanos = new AtomicLong();
    private EventLog events;
    private MemoryPlane plane;
    private MortalStore store;
    private DefaultBalancer balancer;

    private Balancers(Path file, MemoryKernel kernel, List<String> interfaces) {
        this.file = file;
        this.kernel = kernel;
        this.defaults = new DataplaneDefaults(interfaces, AttachMode.AUTO, Optional.empty(), interfaces);
        this.checks.add(new FeatureCheck(interfaces, PlaneFeatures.DEFAULT, HealthCheckFacts.IDLE));
        this.balancer = run();
    }

    /** A running balancer with one interface, {@code eth0}, its store in this directory. */
    public static Balancers start(Path directory) {
        return start(directory, LIMITS);
    }

    /** The same with other sizes. */
    public static Balancers start(Path directory, PlaneLimits limits) {
        return new Balancers(directory.resolve("mako.db"), new MemoryKernel(limits, "eth0"), List.of("eth0"));
    }

    private DefaultBalancer run() {
        CircuitBreaker breaker = CircuitBreaker.of("switch", DefaultBalancer.breakerConfig());
        plane = new MemoryPlane(kernel);
        store = new MortalStore(new SqliteStore(file, Retention.DEFAULT));
        store.failLoad(unreadable);
        events = new EventLog(store);
        return DefaultBalancer.start(plane, store, defaults, checks, breaker, events, nanos::get);
    }

    /** The balancer that runs now. */
    public Balancer balancer() {
        return balancer;
    }

    /** What happens. */
    public Events events() {
        return events;
    }

    /** Lets time pass for the judgement of links. */
    public void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** How busy its writer is. */
    public WriterStatistics statistics() {
        return balancer;
    }

    /** What packets obey. */
    public MemoryKernel kernel() {
        return kernel;
    }

    /** The store's file. */
    public Path file() {
        return file;
    }

    /** The next commit fails like this, without having written anything. */
    public void failCommit(StoreFailure failure) {
        store.failCommit(failure);
    }

    /** The next commit fails like this, although all of it was written. */
    public void failAfterCommit(StoreFailure failure) {
        store.failAfterCommit(failure);
    }

    /** The store cannot be read from now on; null = it can again. */
    public void failLoad(@Nullable StoreFailure failure) {
        unreadable = failure;
        store.failLoad(failure);
    }

    /** Lets the process end in order; {@link #restart} begins another. */
    public void stop() {
        balancer.close();
    }

    /** Lets the process end in order and another begin. */
    public Balancers restart() {
        balancer.close();
        balancer = run();
        return this;
    }

    /** A new process begins while the old one was simply forgotten, as after kill -9: nothing of it is closed or flushed. */
    public Balancers crash() {
        plane.life().kill();
        store.life().kill();
        balancer = run();
        return this;
    }

    /** The process dies after the next commit, before packets obey it. */
    public void dieBeforeSwitch() {
        plane.dieBeforeSwitch();
    }

    /** Waits for the death that was arranged. */
    public void awaitDeath() {
        plane.life().awaitDeath();
    }

    /** The next process finds another store. */
    public Balancers restartOn(Path otherFile) {
        balancer.close();
        file = otherFile;
        balancer = run();
        return this;
    }

    /** The next process finds another kernel, as after a reboot. */
    public Balancers restartOn(MemoryKernel otherKernel) {
        balancer.close();
        kernel = otherKernel;
        balancer = run();
        return this;
    }

    /** Also asks this before every change, after the next start. */
    public Balancers with(AdmissionCheck check) {
        checks.add(check);
        return this;
    }

    /** Makes a change and waits for its outcome. */
    public Outcome apply(Change change) {
        return apply(change, new Precondition.None());
    }

    /** Makes a change under a precondition and waits for its outcome. */
    public Outcome apply(Change change, Precondition precondition) {
        return await(balancer.submit(new Submission(change, precondition, "tester", "", false)));
    }

    /** Makes a change without waiting for it. */
    public CompletableFuture<Outcome> submit(Change change) {
        return balancer.submit(new Submission(change, new Precondition.None(), "tester", "", false));
    }

    /** Looks at what a change would do. */
    public Outcome preview(Change change) {
        return await(balancer.submit(new Submission(change, new Precondition.None(), "tester", "", true)));
    }

    /** The value, or the refusal as it was given. */
    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("the writer did not answer", e);
        }
    }

    @Override
    public void close() {
        balancer.close();
    }
}

package io.makolb.balancer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.makolb.model.Observation;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import io.makolb.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The balancer on one plane and one store, both of which it alone writes to. */
final class DefaultBalancer implements Balancer, WriterStatistics, AutoCloseable {

    /** Dry runs that may wait. */
    private static final int PREVIEWS = 64;

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    /** How long the writer may take to come to an end of what it does. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLog events;
    private final Inbox inbox = new Inbox();
    private final Switching switching;
    private final Situation situation;
    private final TakeOver takeOver;
    private final Writer writer;
    private final BulkRoad bulk;
    private final RepairRoad repairs;
    private final Preview preview;
    private final Thread writerThread;
    private final ExecutorService reclaimerThread =
            Executors.newSingleThreadExecutor(task -> daemon(task, "mako-reclaimer"));
    private final ExecutorService previewThread = new ThreadPoolExecutor(
            1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(PREVIEWS), task -> daemon(task, "mako-preview"));

    private DefaultBalancer(
            ForwardingPlane plane,
            Store store,
            DataplaneDefaults defaults,
            List<AdmissionCheck> checks,
            CircuitBreaker breaker,
            EventLog events,
            LongSupplier nanos) {
        this.events = events;
        IntervalFunction backoff = IntervalFunction.ofExponentialBackoff(FIRST_RETRY, 2, LAST_RETRY);
        switching = new Switching(breaker, backoff);
        Reclaimer reclaimer = new Reclaimer(plane, reclaimerThread, inbox::observe, this::reclaimFailed);
        situation = new Situation(plane, defaults, switching, new Judge(nanos), events, InstantSource.system());
        takeOver = new TakeOver(situation, plane, store, switching, backoff, InstantSource.system());
        ObservationRoad observations = new ObservationRoad(situation, plane, switching, reclaimer);
        ChangeRoad changes = new ChangeRoad(
                inbox,
                situation,
                plane,
                store,
                switching,
                reclaimer,
                takeOver,
                observations,
                checks,
                InstantSource.system());
        bulk = new BulkRoad(inbox, plane, store, changes, this::startOver);
        repairs = new RepairRoad(inbox, situation, plane, switching, reclaimer, observations, this::startOver);
        writer = new Writer(
                inbox, situation, store, switching, reclaimer, takeOver, changes, bulk, repairs, observations);
        preview = new Preview(defaults, checks);
        writerThread = daemon(writer, "mako-writer");
    }

    /**
     * Takes over what plane and store hold and starts the writer.
     *
     * @param checks asked before every change
     * @param breaker around the switch, see {@link #breakerConfig()}
     * @param events where to tell what happens
     * @param nanos the monotonic clock by which links are judged
     */
    static DefaultBalancer start(
            ForwardingPlane plane,
            Store store,
            DataplaneDefaults defaults,
            List<AdmissionCheck> checks,
            CircuitBreaker breaker,
            EventLog events,
            LongSupplier nanos) {
        DefaultBalancer balancer = new DefaultBalancer(plane, store, defaults, checks, breaker, events, nanos);
        balancer.takeOver.begin();
        balancer.writerThread.start();
        return balancer;
    }

    /** One refusal by the kernel is enough: it is not an overloaded service that deserves a second chance with the next change. */
    static CircuitBreakerConfig breakerConfig() {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(1)
                .minimumNumberOfCalls(1)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitDurationInOpenState(Duration.ofDays(365)) // the repair alone half-opens it
                .recordExceptions(PlaneException.class)
                .build();
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Snapshot snapshot() {
        return situation.snapshot();
    }

    /**
     * The latest snapshot once the writer has ended what it does now.
     *
     * @throws Refusal {@code WRITER_BUSY} it does not answer, or something is being put in force of which no snapshot says how far
     */
    Snapshot settled() {
        CompletableFuture<Snapshot> answer = new CompletableFuture<>();
        inbox.internally(() -> {
            if (situation.isInTransit() || switching.isUnderWay()) {
                answer.completeExceptionally(new Refusal(
                        Reason.WRITER_BUSY,
                        "A large change, or a repair, is being put in force, by portions.",
                        "Try again in a moment."));
            } else {
                answer.complete(situation.snapshot());
            }
        });
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Refusal refusal ? refusal : busy(e);
        } catch (TimeoutException e) {
            throw busy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(e);
        }
    }

    private static Refusal busy(Exception e) {
        return new Refusal(
                Reason.WRITER_BUSY,
                "The writer did not answer within " + PATIENCE.toSeconds() + " s.",
                "Try again in a moment.",
                List.of(),
                0,
                e);
    }

    @Override
    public Optional<String> configFile() {
        return situation.configFile();
    }

    @Override
    public CompletableFuture<Outcome> submit(Submission submission) {
        if (submission.dryRun()) {
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            look(() -> preview.of(submission, situation.snapshot()), answer);
            return answer;
        }
        Pending pending = new Pending(submission);
        if (BulkRoad.isFor(submission.change())) {
            bulk.take(pending);
        } else {
            inbox.offer(pending);
        }
        return pending.answer();
    }

    private <T> void look(Supplier<T> plan, CompletableFuture<T> answer) {
        try {
            previewThread.execute(() -> {
                try {
                    answer.complete(plan.get());
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            throw new Refusal(
                    Reason.WRITER_BUSY,
                    PREVIEWS + " dry runs wait already.",
                    "Try again in a moment, with fewer at once.",
                    List.of(),
                    0,
                    e);
        }
    }

    @Override
    public void observe(Observation observation) {
        inbox.observe(observation);
    }

    @Override
    public CompletableFuture<Snapshot> reload() {
        return command(new Command(takeOver::reload, new CompletableFuture<>()));
    }

    @Override
    public CompletableFuture<Snapshot> adopt(AdoptFrom from, String author, String message) {
        return command(new Command(() -> takeOver.adopt(from, author, message), new CompletableFuture<>()));
    }

    @Override
    public CompletableFuture<Plan> previewReload() {
        CompletableFuture<Plan> answer = new CompletableFuture<>();
        look(() -> preview.ofReload(situation.snapshot()), answer);
        return answer;
    }

    @Override
    public CompletableFuture<Plan> previewAdopt(AdoptFrom from) {
        CompletableFuture<Plan> answer = new CompletableFuture<>();
        look(() -> preview.ofAdoption(from, situation.snapshot()), answer);
        return answer;
    }

    private CompletableFuture<Snapshot> command(Command command) {
        inbox.offer(command);
        return command.answer();
    }

    private void startOver(RuntimeException error) {
        writer.startOver(error);
    }

    private void reclaimFailed(PlaneException e) {
        inbox.internally(() -> writer.reclaimFailed(e));
    }

    @Override
    public WriterLoad writerLoad() {
        return writer.load().with(inbox.waiting());
    }

    /** Answers what was accepted, then lets go of the store. Packets do not notice. */
    @Override
    public void close() {
        previewThread.shutdown();
        reclaimerThread.shutdown();
        try {
            bulk.close(); // while the writer is still there to serve it
            repairs.close();
            inbox.close();
            writerThread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        events.end();
    }
}

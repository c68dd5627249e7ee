package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.ring.AddressHash;
import io.makolb.ring.Endpoint;
import io.makolb.ring.Ring;
import io.makolb.ring.RingBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Builds rings, many at a time where there are CPUs for it. */
final class RingForge implements AutoCloseable {

    private static final int MOST_THREADS = 4;

    private final int ringSize;
    private final ExecutorService pool;
    private final ThreadLocal<RingBuilder> builders = ThreadLocal.withInitial(RingBuilder::new);

    RingForge(int ringSize) {
        this.ringSize = ringSize;
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), RingForge::thread);
        executor.allowCoreThreadTimeOut(true);
        this.pool = executor;
    }

    /** Builds the ring of a VIP on the calling thread. */
    Ring build(VipImage vip) {
        List<Endpoint> endpoints = new ArrayList<>(vip.members().size());
        for (Map.Entry<Address, MemberImage> entry : vip.members().entrySet()) {
            MemberImage member = entry.getValue();
            long hash = AddressHash.of(entry.getKey().toBytes());
            endpoints.add(new Endpoint(member.index(), member.effectiveWeight(), hash));
        }
        return builders.get().build(vip.hashFunction(), endpoints, ringSize);
    }

    /** Does this for each, on the calling thread if it is only one. */
    <T> void forEach(Collection<T> items, Consumer<T> work) {
        if (items.size() < 2) {
            items.forEach(work);
            return;
        }
        List<Callable<Void>> calls = new ArrayList<>(items.size());
        items.forEach(item -> calls.add(() -> {
            work.accept(item);
            return null;
        }));
        try {
            for (Future<Void> done : pool.invokeAll(calls)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaneException("Interrupted while rings were built; nothing was changed.", 0, e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "mako-ring");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}

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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds rings, many at a time where there are CPUs for it. */
final class RingForge implements AutoCloseable {

    private static final int MOST_THREADS = 4;

    private final int ringSize;
    private final int threads;
    private final ExecutorService pool;
    private final ThreadLocal<RingBuilder> builders = ThreadLocal.withInitial(RingBuilder::new);

    RingForge(int ringSize) {
        this.ringSize = ringSize;
        this.threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
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

    /**
     * Does this for each. The calling thread takes part, so that it comes to its end even while somebody else's many items keep all
     * the others busy.
     */
    <T> void forEach(Collection<T> items, Consumer<T> work) {
        Share<T> share = new Share<>(items, work);
        for (int helper = 1; helper < Math.min(threads, items.size()); helper++) {
            pool.execute(share);
        }
        share.run();
        share.await();
    }

    /** Items that several threads take from. */
    private static final class Share<T> implements Runnable {
        private final Queue<T> left;
        private final Consumer<T> work;
        private final CountDownLatch done;
        private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

        Share(Collection<T> items, Consumer<T> work) {
            this.left = new ConcurrentLinkedQueue<>(items);
            this.work = work;
            this.done = new CountDownLatch(items.size());
        }

        @Override
        public void run() {
            for (T item = left.poll(); item != null; item = left.poll()) {
                try {
                    if (failure.get() == null) {
                        work.accept(item);
                    }
                } catch (RuntimeException e) {
                    failure.compareAndSet(null, e);
                } finally {
                    done.countDown();
                }
            }
        }

        void await() {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlaneException("Interrupted while rings were built; nothing was changed.", 0, e);
            }
            RuntimeException e = failure.get();
            if (e != null) {
                throw e;
            }
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

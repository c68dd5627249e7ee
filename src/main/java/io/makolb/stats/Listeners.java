package io.makolb.stats;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands every snapshot to every listener without ever waiting for one: each has one place for the latest it has not seen. */
final class Listeners {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    private final Executor executor;
    private final Set<Mailbox> mailboxes = ConcurrentHashMap.newKeySet();

    /**
     * No listeners yet.
     *
     * @param executor runs listeners, each on its own; must not run them on the caller's thread
     */
    Listeners(Executor executor) {
        this.executor = executor;
    }

    Stats.Subscription add(Consumer<StatsSnapshot> listener) {
        Mailbox mailbox = new Mailbox(listener);
        mailboxes.add(mailbox);
        return mailbox;
    }

    void publish(StatsSnapshot snapshot) {
        mailboxes.forEach(mailbox -> mailbox.put(snapshot));
    }

    private final class Mailbox implements Stats.Subscription, Runnable {

        private final Consumer<StatsSnapshot> listener;
        private final AtomicReference<@Nullable StatsSnapshot> unseen = new AtomicReference<>();
        private final AtomicBoolean delivering = new AtomicBoolean();

        Mailbox(Consumer<StatsSnapshot> listener) {
            this.listener = listener;
        }

        void put(StatsSnapshot snapshot) {
            unseen.set(snapshot);
            deliverOnce();
        }

        private void deliverOnce() {
            if (delivering.compareAndSet(false, true)) {
                executor.execute(this);
            }
        }

        @Override
        public void run() {
            try {
                StatsSnapshot snapshot = unseen.getAndSet(null);
                if (snapshot != null && mailboxes.contains(this)) {
                    listener.accept(snapshot);
                }
            } catch (RuntimeException e) {
                log.debug("A listener of the statistics failed and is not called again.", e);
                close();
            } finally {
                delivering.set(false);
            }
            if (unseen.get() != null && mailboxes.contains(this)) {
                deliverOnce();
            }
        }

        @Override
        public void close() {
            mailboxes.remove(this);
        }
    }
}

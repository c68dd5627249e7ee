package io.makolb.plane;

import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** The life of a process: once it is dead, whoever does something in its name never returns. */
public final class Mortality {

    private final CountDownLatch death = new CountDownLatch(1);
    private boolean dead;

    /** Does something, or nothing ever again; a death waits for what has begun. */
    public <T> T living(Supplier<T> action) {
        synchronized (this) {
            if (!dead) {
                return action.get();
            }
        }
        while (true) {
            awaitForever();
        }
    }

    /** Does something without a result. */
    public void living(Runnable action) {
        living(() -> {
            action.run();
            return this;
        });
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the dead do not wake", e);
        }
    }

    /** The process dies. */
    public synchronized void kill() {
        dead = true;
        death.countDown();
    }

    /** Waits until it is dead. */
    public void awaitDeath() {
        try {
            death.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

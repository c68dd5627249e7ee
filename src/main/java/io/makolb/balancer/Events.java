package io.makolb.balancer;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What happens, in order, for everybody who wants to follow. Nobody who follows can hold up what happens. */
public interface Events {

    /**
     * Begins to follow.
     *
     * @param after text of the id of the last event that was seen; empty: only what happens from now on
     * @param types what is wanted; empty: everything. Who wants nothing but {@link EventType#CONFIGURATION} is served from the
     *     store's history as well, so it can be resumed after a restart
     */
    Reader read(String after, Set<EventType> types);

    /** One who follows, at a speed of their own. For one thread at a time. */
    interface Reader {

        /** Why what was asked for cannot be resumed: events were missed, and everything must be read again. Empty: it can. */
        String missed();

        /** Where this reader stands: a reader that begins after it misses nothing. */
        EventId position();

        /**
         * What has happened since the last call, as soon as there is something.
         *
         * @param patience wait at most so long; then the answer is empty
         * @throws LeftBehindException what comes next is not kept any more
         */
        List<Event> next(Duration patience) throws InterruptedException, LeftBehindException;

        /** Whether nothing more will happen here, because the process ends. */
        boolean over();
    }

    /** A reader was so slow that what it should read next was dropped. */
    final class LeftBehindException extends Exception {
        private static final long serialVersionUID = 1L;

        /** Says how far. */
        public LeftBehindException(String message) {
            super(message);
        }
    }
}

package io.makolb.balancer;

import io.makolb.store.RevisionEntry;
import io.makolb.store.Store;
import io.makolb.store.StoreFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest events, for readers that come when they like. A reader has a place in the log and nothing else, so a slow one
 * costs nothing; it is left behind when its place is overwritten.
 */
final class EventLog implements Events {

    /** Events that are kept in memory. */
    static final int KEPT = 1024;

    /** Revisions that are read from the history for one who comes back. */
    static final int MOST_HISTORY = 1000;

    private final Store store;
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition happened = lock.newCondition();
    private final Deque<Event> kept = new ArrayDeque<>();
    private String storeName = "00000000";
    private long number;
    private long revision;

    /** Revisions up to this one are not in {@link #kept}. */
    private long forgotten;

    private boolean over;

    /**
     * Nothing has happened yet.
     *
     * @param store whose history is read for one who wants nothing but configurations
     */
    EventLog(Store store) {
        this.store = store;
    }

    /** What the configuration stands at when the process begins. */
    void begin(UUID storeId, long present) {
        lock.lock();
        try {
            storeName = storeId.toString().substring(0, 8);
            revision = Math.max(revision, present);
            forgotten = Math.max(forgotten, present);
        } finally {
            lock.unlock();
        }
    }

    /** The highest revision that was told of, or that was there before. */
    long revision() {
        lock.lock();
        try {
            return revision;
        } finally {
            lock.unlock();
        }
    }

    void add(List<News> news) {
        if (news.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (News one : news) {
                number++;
                revision = Math.max(revision, one.revision());
                kept.add(one.at(new EventId(storeName, run, number, revision)));
                if (kept.size() > KEPT) {
                    Event oldest = kept.remove();
                    oldest.change().ifPresent(entry -> forgotten = entry.number());
                }
            }
            happened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will happen; readers are told. */
    void end() {
        lock.lock();
        try {
            over = true;
            happened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Reader read(String after, Set<EventType> types) {
        Optional<EventId> last = EventId.parse(after);
        if (types.equals(Set.of(EventType.CONFIGURATION)) && last.isPresent()) {
            return resumeRevisions(last.get(), types);
        }
        lock.lock();
        try {
            String missed = after.isEmpty() ? "" : last.map(this::missing).orElse("Mako has never given this id.");
            long place = after.isEmpty() || !missed.isEmpty()
                    ? number
                    : last.map(EventId::number).orElse(number);
            return new Place(place, 0, types, List.of(), missed);
        } finally {
            lock.unlock();
        }
    }

    /** Why one who stands here cannot go on; empty: they can. */
    private String missing(EventId last) {
        if (!last.run().equals(run) || last.number() > number) {
            return "Mako was restarted since, and does not remember what happened before.";
        }
        long oldest = kept.isEmpty() ? number + 1 : kept.peek().id().number();
        return last.number() < oldest - 1
                ? "More than " + KEPT + " events have happened since, and older ones are not kept."
                : "";
    }

    private Reader resumeRevisions(EventId last, Set<EventType> types) {
        long place;
        long floor;
        lock.lock();
        try {
            floor = forgotten;
            place = number;
            if (!last.store().equals(storeName) || last.revision() > revision) {
                return new Place(place, 0, types, List.of(), "Another store was in use then, or a newer one.");
            }
            place -= kept.size();
            if (last.revision() >= floor) {
                return new Place(place, last.revision(), types, List.of(), "");
            }
        } finally {
            lock.unlock();
        }
        // What is overwritten meanwhile is found missing by the reader.
        List<Event> replayed = new ArrayList<>();
        String missed = history(last, floor, replayed);
        return new Place(place, floor, types, replayed, missed);
    }

    /** Reads revisions above the last seen one up to the floor, oldest first. */
    private String history(EventId last, long floor, List<Event> replayed) {
        List<RevisionEntry> entries;
        try {
            entries = store.history(floor + 1, MOST_HISTORY);
        } catch (StoreFailure e) {
            return "The history cannot be read: " + e.getMessage();
        }
        boolean reached = false;
        for (RevisionEntry entry : entries) {
            if (entry.number() <= last.revision()) {
                reached = true;
                break;
            }
            reached = entry.number() == last.revision() + 1;
            replayed.add(0, News.of(entry).at(new EventId(last.store(), run, 0, entry.number())));
        }
        if (!reached) {
            replayed.clear();
            return "Too many revisions were made since, or the history of that time was pruned.";
        }
        return "";
    }

    /** A reader's place in the log. */
    private final class Place implements Reader {

        private final Set<EventType> types;
        private final long aboveRevision;
        private final String missed;
        private final List<Event> first;
        private long place;
        private long reached;
        private boolean begun;

        Place(long place, long aboveRevision, Set<EventType> types, List<Event> first, String missed) {
            this.place = place;
            this.aboveRevision = aboveRevision;
            this.types = types;
            this.first = first;
            this.missed = missed;
            this.reached = aboveRevision;
        }

        @Override
        public String missed() {
            return missed;
        }

        @Override
        public EventId position() {
            lock.lock();
            try {
                // Of revisions it has not come by, one who resumes by them must be given those above.
                return new EventId(storeName, run, place, place == number ? revision : reached);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public List<Event> next(Duration patience) throws InterruptedException, LeftBehindException {
            if (!begun) {
                begun = true;
                if (!first.isEmpty()) {
                    return first;
                }
            }
            lock.lock();
            try {
                long left = patience.toNanos();
                List<Event> found = news();
                while (found.isEmpty() && !over && left > 0) {
                    left = happened.awaitNanos(left);
                    found = news();
                }
                return found;
            } finally {
                lock.unlock();
            }
        }

        /** What is wanted of what came since; holds the lock. */
        private List<Event> news() throws LeftBehindException {
            if (place == number) {
                return List.of();
            }
            if (place < kept.element().id().number() - 1) {
                throw new LeftBehindException("More than " + KEPT + " events happened faster than they were taken.");
            }
            List<Event> found = new ArrayList<>();
            for (Event event : kept) {
                boolean isNew = event.id().number() > place
                        && event.change()
                                .map(entry -> entry.number() > aboveRevision)
                                .orElse(true);
                if (isNew && (types.isEmpty() || types.contains(event.type()))) {
                    found.add(event);
                }
            }
            place = number;
            reached = Math.max(reached, kept.getLast().id().revision());
            return found;
        }

        @Override
        public boolean over() {
            lock.lock();
            try {
                return over;
            } finally {
                lock.unlock();
            }
        }
    }
}

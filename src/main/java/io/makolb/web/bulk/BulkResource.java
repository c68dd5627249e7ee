package io.makolb.web.bulk;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Outcome;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkLoad;
import io.makolb.model.BulkSet;
import io.makolb.model.Change;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.web.config.ConfigBody;
import io.makolb.web.http.Answers;
import io.makolb.web.http.Paging;
import io.makolb.web.http.WriteCall;
import io.makolb.web.http.Writes;
import io.makolb.web.strict.KeyMember;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * What the resources of a {@link BulkKind} have in common: all that is not a description of the API.
 *
 * @param <K> their keys
 * @param <B> one of them in JSON
 * @param <L> many of them
 */
final class BulkResource<K extends Comparable<? super K>, B extends BulkBody, L extends BulkBodies<B>> {

    private final BulkKind<K> kind;
    private final String keyMember;
    private final BiFunction<K, Address, B> body;
    private final BulkBodies.Maker<B, L> bodies;
    private final Balancer balancer;
    private final Writes writes;

    /**
     * Resources of a kind.
     *
     * @param keyMember the member of a body that holds its key
     */
    BulkResource(
            BulkKind<K> kind,
            String keyMember,
            BiFunction<K, Address, B> body,
            BulkBodies.Maker<B, L> bodies,
            Balancer balancer,
            Writes writes) {
        this.kind = kind;
        this.keyMember = keyMember;
        this.body = body;
        this.bodies = bodies;
        this.balancer = balancer;
        this.writes = writes;
    }

    /** Answers all of them, or a page. */
    ResponseEntity<L> list(Paging paging) {
        Snapshot snapshot = balancer.snapshot();
        if (!paging.partial()) {
            return Answers.resource(snapshot, all(), whole(snapshot));
        }
        Paging.Page<B> page = paging.cut(of(snapshot), body);
        return Answers.untagged(
                snapshot, bodies.make(page.items(), page.next(), page.partial(), null, null, snapshot.revision()));
    }

    /** Replaces all of them. Lines are answered by their number: they came in lines because they are many. */
    ResponseEntity<Object> replace(L given, WriteCall call) {
        BulkSet<K> wanted = read(given);
        Outcome outcome = writes.submitLarge(new Change.ReplaceBulk<>(wanted), call);
        boolean lines = given.items() instanceof NdjsonItems<?>;
        return Answers.written(outcome, all(), after -> lines ? accepted(wanted.size(), outcome) : whole(after));
    }

    /** Makes several edits. */
    ResponseEntity<Object> edit(
            @Nullable Map<String, TargetBody> upsert, @Nullable List<String> remove, WriteCall call) {
        Change.EditBulk<K> change = BulkEdits.change(kind, upsert, remove);
        Outcome outcome = writes.submitLarge(change, call);
        return Answers.written(
                outcome,
                all(),
                after -> of(after).size() <= ConfigBody.MOST_TARGETS
                        ? whole(after)
                        : accepted(change.edits().size(), outcome));
    }

    ResponseEntity<B> get(K key) {
        Snapshot snapshot = balancer.snapshot();
        return Answers.resource(snapshot, one(key), body(snapshot, key));
    }

    ResponseEntity<Object> put(K key, B given, WriteCall call) {
        String named = given.key();
        KeyMember.requireSame(keyMember, named == null ? null : key(named), key);
        Change change = new Change.PutBulkEntry<>(kind, key, KeyMember.real(given.real()));
        return Answers.written(writes.submit(change, call), one(key), after -> body(after, key));
    }

    ResponseEntity<Object> delete(K key, WriteCall call) {
        return Answers.deleted(writes.submit(new Change.DeleteBulkEntry<>(kind, key), call));
    }

    private L accepted(int entries, Outcome outcome) {
        return bodies.make(null, null, null, entries, outcome.changed(), outcome.revision());
    }

    private L whole(Snapshot snapshot) {
        return bodies.make(items(of(snapshot)), null, null, null, null, null);
    }

    private ResourceKey all() {
        return new ResourceKey.OfBulk(kind);
    }

    private ResourceKey one(K key) {
        return ResourceKey.OfBulkEntry.of(kind, key);
    }

    private B body(Snapshot snapshot, K key) {
        return body.apply(key, of(snapshot).require(key));
    }

    private BulkSet<K> of(Snapshot snapshot) {
        return snapshot.configuration().bulk().of(kind);
    }

    /** All of them, each made when it is written: there may be more than fit into memory at once. */
    private Collection<B> items(BulkSet<K> set) {
        return new AbstractCollection<>() {
            @Override
            public Iterator<B> iterator() {
                Iterator<Map.Entry<K, Address>> all = set.all();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public B next() {
                        Map.Entry<K, Address> entry = all.next();
                        return body.apply(entry.getKey(), entry.getValue());
                    }
                };
            }

            @Override
            public int size() {
                return set.size();
            }
        };
    }

    /**
     * All that a body names.
     *
     * @throws Refusal partial-collection, duplicate-member, or what cannot be used
     */
    private BulkSet<K> read(L given) {
        Paging.requireWhole(given.next(), given.partial());
        Collection<B> items = given.items();
        if (items == null) {
            throw Refusal.invalid(
                    "/items", "missing", "The member 'items' is missing.", "Send {\"items\":[]} for an empty set.");
        }
        String list = items instanceof NdjsonItems<?> ? "" : "/items";
        BulkLoad<K> load = new BulkLoad<>(kind);
        Map<String, Address> reals = new HashMap<>();
        try {
            for (B item : items) {
                add(item, reals, load);
            }
            return load.finish();
        } catch (Refusal refusal) {
            throw refusal.under(list);
        }
    }

    private void add(B item, Map<String, Address> reals, BulkLoad<K> load) {
        int index = load.size();
        try {
            String named = item.key();
            if (named == null) {
                throw Refusal.invalid(
                        "/" + keyMember,
                        "required",
                        "The member '" + keyMember + "' is missing.",
                        "Name the " + kind.noun() + ".");
            }
            // Millions of lines name few reals: each is read once.
            Address known = item.real() == null ? null : reals.get(item.real());
            Address real = known == null ? KeyMember.real(item.real()) : known;
            reals.putIfAbsent(real.toString(), real);
            load.add(key(named), real, index + 1);
        } catch (Refusal refusal) {
            throw refusal.under("/" + index);
        }
    }

    private K key(String text) {
        try {
            return kind.parse(text);
        } catch (Refusal refusal) {
            throw refusal.violations().isEmpty()
                    ? Refusal.invalid("/" + keyMember, "unusable", refusal.detail(), refusal.remedy())
                    : refusal.under("/" + keyMember);
        }
    }
}

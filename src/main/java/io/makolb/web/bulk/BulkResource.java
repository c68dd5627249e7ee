package io.makolb.web.bulk;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.BulkKind;
import io.makolb.model.BulkLoad;
import io.makolb.model.BulkSet;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import io.makolb.model.Violation;
import io.makolb.web.config.ConfigBody;
import io.makolb.web.healthcheck.MarkBody;
import io.makolb.web.http.Paging;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** What the resources of a {@link BulkKind} have in common. */
final class BulkResource<K extends Comparable<? super K>, B extends BulkBody> {

    private final BulkKind<K> kind;
    private final String keyMember;
    private final BiFunction<K, Address, B> body;
    private final Balancer balancer;

    /**
     * Resources of a kind.
     *
     * @param keyMember the member of a body that holds its key
     */
    BulkResource(BulkKind<K> kind, String keyMember, BiFunction<K, Address, B> body, Balancer balancer) {
        this.kind = kind;
        this.keyMember = keyMember;
        this.body = body;
        this.balancer = balancer;
    }

    Snapshot now() {
        return balancer.snapshot();
    }

    ResourceKey all() {
        return new ResourceKey.OfBulk(kind);
    }

    ResourceKey one(K key) {
        return ResourceKey.OfBulkEntry.of(kind, key);
    }

    B body(Snapshot snapshot, K key) {
        return body.apply(key, of(snapshot).require(key));
    }

    /** All of them, each made when it is written: there may be more than fit into memory at once. */
    Collection<B> items(Snapshot snapshot) {
        BulkSet<K> set = of(snapshot);
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

    /** Whether the answer to an edit can be the whole set. */
    boolean isShort(Snapshot snapshot) {
        return of(snapshot).size() <= ConfigBody.MOST_TARGETS;
    }

    Paging.Page<B> page(Snapshot snapshot, Paging paging) {
        return paging.cut(of(snapshot), body);
    }

    private BulkSet<K> of(Snapshot snapshot) {
        return snapshot.configuration().bulk().of(kind);
    }

    /**
     * The real of a body whose key is that of the URL, or absent.
     *
     * @throws Refusal key-mismatch, wrong-family, or what cannot be used
     */
    Address real(K key, B given) {
        String named = given.key();
        if (named != null && !key(named, "/" + keyMember).equals(key)) {
            String message = "The body names " + named + ", the URL " + key + ".";
            throw new Refusal(
                    Reason.KEY_MISMATCH,
                    message,
                    "Leave '" + keyMember + "' out of the body, or correct one of the two.",
                    List.of(new Violation("/" + keyMember, "key-mismatch", message)));
        }
        return MarkBody.real(given.real());
    }

    /**
     * All that a body names.
     *
     * @throws Refusal partial-collection, duplicate-member, or what cannot be used
     */
    BulkSet<K> read(BulkBodies<B> bodies) {
        if (bodies.next() != null) {
            String message = "The body is a page of the set; what stands on other pages would be removed.";
            throw new Refusal(
                    Reason.PARTIAL_COLLECTION,
                    message,
                    "Read the set without ?limit, and send it whole.",
                    List.of(new Violation("/next", "partial", message)));
        }
        Collection<B> items = bodies.items();
        if (items == null) {
            throw Refusal.invalid(
                    "/items", "missing", "The member 'items' is missing.", "Send {\"items\":[]} for an empty set.");
        }
        BulkLoad<K> load = new BulkLoad<>(kind);
        Map<String, Address> reals = new HashMap<>();
        String prefix = items instanceof NdjsonItems<?> ? "/" : "/items/";
        for (B item : items) {
            int index = load.size();
            try {
                add(item, reals, load);
            } catch (Refusal refusal) {
                throw refusal.under(prefix + index);
            }
        }
        return load.finish();
    }

    private void add(B item, Map<String, Address> reals, BulkLoad<K> load) {
        String named = item.key();
        if (named == null) {
            throw Refusal.invalid(
                    "/" + keyMember,
                    "required",
                    "The member '" + keyMember + "' is missing.",
                    "Name the " + kind.noun() + ".");
        }
        K key = key(named, "/" + keyMember);
        Address real = item.real() == null ? MarkBody.real(null) : reals.get(item.real());
        if (real == null) {
            real = MarkBody.real(item.real());
            reals.put(String.valueOf(item.real()), real);
        }
        load.add(key, real, load.size() + 1);
    }

    private K key(String text, String pointer) {
        try {
            return kind.parse(text);
        } catch (Refusal refusal) {
            throw refusal.violations().isEmpty()
                    ? Refusal.invalid(pointer, "unusable", refusal.detail(), refusal.remedy())
                    : refusal.under(pointer);
        }
    }
}

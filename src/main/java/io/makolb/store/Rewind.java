package io.makolb.store;

import io.makolb.model.Address;
import io.makolb.model.Configuration;
import io.makolb.model.Entries;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.Membership;
import io.makolb.model.RealAttributes;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Takes revisions back, one after the other, beginning with the newest. Copies only what they touched. */
final class Rewind {

    private static final class Draft {
        private Vip vip;
        private final TreeMap<Address, Membership> members = new TreeMap<>();
        private final TreeSet<Address> downReals = new TreeSet<>();

        private Draft(Vip vip) {
            this.vip = vip;
        }
    }

    private final TreeMap<VipId, VipEntry> vips;
    private final TreeMap<Address, RealAttributes> reals;
    private final TreeMap<String, InterfaceSettings> interfaces;
    private final Entries.Draft entries;
    private boolean attached;

    /** VIPs that were touched and existed; they stand here and not in {@link #vips}. */
    private final Map<VipId, Draft> drafts = new HashMap<>();

    Rewind(Configuration from) {
        vips = new TreeMap<>((Map<VipId, VipEntry>) from.vips());
        reals = new TreeMap<>((Map<Address, RealAttributes>) from.reals());
        interfaces = new TreeMap<>((Map<String, InterfaceSettings>) from.interfaces());
        entries = from.entries().edit();
        attached = from.attached();
    }

    void takeBack(Former former) {
        former.vips().forEach((id, was) -> was.ifPresentOrElse(vip -> restore(id, vip), () -> remove(id)));
        reals.putAll(former.reals());
        interfaces.putAll(former.interfaces());
        former.entries().forEach((entry, was) -> entries.set(entry.kind(), entry.key(), was.orElse(null)));
        attached = former.attached().orElse(attached);
    }

    private void remove(VipId id) {
        vips.remove(id);
        drafts.remove(id);
    }

    private void restore(VipId id, Former.OfVip was) {
        Draft draft = drafts.computeIfAbsent(id, touched -> draft(touched, was));
        draft.vip = was.attributes().orElse(draft.vip);
        was.members()
                .forEach((real, member) -> member.ifPresentOrElse(
                        membership -> draft.members.put(real, membership), () -> draft.members.remove(real)));
        was.downReals().forEach((real, said) -> {
            if (said) {
                draft.downReals.add(real);
            } else {
                draft.downReals.remove(real);
            }
        });
    }

    private Draft draft(VipId id, Former.OfVip was) {
        VipEntry entry = vips.remove(id);
        if (entry == null) {
            return new Draft(was.attributes()
                    .orElseThrow(() -> new IllegalArgumentException("the history does not say what " + id + " was")));
        }
        Draft draft = new Draft(entry.vip());
        draft.members.putAll(entry.members());
        draft.downReals.addAll(entry.downReals());
        return draft;
    }

    /** Where it has come to. */
    Configuration configuration() {
        TreeMap<VipId, VipEntry> all = new TreeMap<>((Map<VipId, VipEntry>) vips);
        drafts.forEach((id, draft) -> all.put(id, new VipEntry(draft.vip, draft.members, draft.downReals)));
        return Configuration.EMPTY
                .edit()
                .vips(all)
                .reals(reals)
                .interfaces(interfaces)
                .entries(entries.freeze())
                .attached(attached)
                .done();
    }
}

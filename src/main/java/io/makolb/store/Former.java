package io.makolb.store;

import io.makolb.model.Address;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.Membership;
import io.makolb.model.RealAttributes;
import io.makolb.model.ResourceKey;
import io.makolb.model.Vip;
import io.makolb.model.VipId;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one revision replaced, and nothing else: enough to go from it to the revision before. Its size is that of the change, not
 * that of the documents it touched.
 *
 * @param vips VIPs that were touched; empty = it did not exist
 * @param reals attributes that were replaced
 * @param interfaces settings that were replaced
 * @param entries resources that are a key with a value; empty = it did not exist
 * @param attached what was replaced; empty = it stayed
 */
public record Former(
        Map<VipId, Optional<OfVip>> vips,
        Map<Address, RealAttributes> reals,
        Map<String, InterfaceSettings> interfaces,
        Map<ResourceKey.OfEntry, Optional<Object>> entries,
        Optional<Boolean> attached) {

    /** Nothing was replaced. */
    public static final Former NOTHING = new Former(Map.of(), Map.of(), Map.of(), Map.of(), Optional.empty());

    /**
     * A VIP that existed.
     *
     * @param attributes empty = they stayed
     * @param members reals that were touched; empty = it was not in the VIP
     * @param downReals reals that were touched, and whether somebody had said that they are down
     */
    public record OfVip(
            Optional<Vip> attributes, Map<Address, Optional<Membership>> members, Map<Address, Boolean> downReals) {
        public OfVip {
            members = Collections.unmodifiableMap(new TreeMap<>(members));
            downReals = Collections.unmodifiableMap(new TreeMap<>(downReals));
        }
    }

    public Former {
        vips = Collections.unmodifiableMap(new TreeMap<>(vips));
        reals = Collections.unmodifiableMap(new TreeMap<>(reals));
        interfaces = Collections.unmodifiableMap(new TreeMap<>(interfaces));
        entries = Map.copyOf(entries);
    }
}

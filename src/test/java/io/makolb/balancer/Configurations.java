package io.makolb.balancer;

import io.makolb.model.Address;
import io.makolb.model.AdminState;
import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.Membership;
import io.makolb.model.Protocol;
import io.makolb.model.Vip;
import io.makolb.model.VipEntry;
import io.makolb.model.VipId;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** VIPs, reals and changes for tests. */
public final class Configurations {

    private Configurations() {}

    /** The nth VIP: 10.200.x.y, port 80, TCP. */
    public static VipId vip(int n) {
        return VipId.host(Address.ipv4(0x0ac80000 + n), 80, Protocol.TCP);
    }

    /** The nth real: 10.x.y.z. */
    public static Address real(int n) {
        return Address.ipv4(0x0a000000 + n);
    }

    /** An enabled real. */
    public static Membership member(int n, int weight) {
        return new Membership(real(n), weight, AdminState.ENABLED);
    }

    /** Creates the nth VIP or returns it to its defaults. */
    public static Change putVip(int n) {
        return new Change.PutVip(Vip.of(vip(n)));
    }

    /** Puts a real into a VIP. */
    public static Change putMember(int vip, int real, int weight) {
        return new Change.PutMembership(vip(vip), member(real, weight));
    }

    /** So many VIPs of so many reals each, no real in two VIPs unless {@code distinctReals} runs out. */
    public static Configuration grid(int vips, int realsEach, int distinctReals) {
        TreeMap<VipId, VipEntry> entries = new TreeMap<>();
        for (int v = 1; v <= vips; v++) {
            TreeMap<Address, Membership> members = new TreeMap<>();
            for (int r = 0; r < realsEach; r++) {
                Membership member = member(1 + (v * realsEach + r) % distinctReals, 1 + r % 7);
                members.put(member.real(), member);
            }
            entries.put(vip(v), new VipEntry(Vip.of(vip(v)), members));
        }
        return Configuration.EMPTY.edit().vips(entries).done();
    }

    /** Replaces everything by this. */
    public static Change replace(Configuration configuration) {
        return new Change.ReplaceConfiguration(configuration, Optional.empty(), List.of());
    }

    /** One of many changes, most of which make sense, to a few VIPs and reals. */
    public static Change random(Random random, Configuration now) {
        int vip = 1 + random.nextInt(8);
        int real = 1 + random.nextInt(12);
        return switch (random.nextInt(8)) {
            case 0 -> new Change.DeleteVip(vip(vip));
            case 1 -> new Change.DeleteMembership(vip(vip), real(real));
            case 2 ->
                new Change.ReplaceMembers(vip(vip), List.of(member(real, random.nextInt(5)), member(real % 12 + 1, 1)));
            case 3 ->
                new Change.PutMembership(
                        vip(vip), new Membership(real(real), 3, AdminState.values()[random.nextInt(2)]));
            case 4, 5 -> putVip(vip);
            default -> putMember(vip, real, random.nextInt(4));
        };
    }

    /** Members of a VIP; empty when there is none. */
    public static NavigableMap<Address, Membership> members(Configuration configuration, VipId vip) {
        VipEntry entry = configuration.vips().get(vip);
        return entry == null ? new TreeMap<>() : entry.members();
    }
}

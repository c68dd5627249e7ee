package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.ResourceKey;
import io.makolb.model.VipId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for what packets read and {@link KernelTables#read} does not: the tables behind the image. */
final class Inspection {

    /** What concerns no single resource. */
    private static final String DATAPLANE = "dataplane";

    private final KernelTables tables;
    private final List<Flaw> flaws = new ArrayList<>();

    Inspection(KernelTables tables) {
        this.tables = tables;
    }

    List<Flaw> run() {
        reals();
        vips();
        tables.members()
                .repeated()
                .forEach(row -> flaws.add(new Flaw(
                        DATAPLANE,
                        "row of VIP number " + row.vip() + " and real index " + row.real(),
                        "one",
                        "several")));
        return flaws;
    }

    /** Every word of a row follows from its address and attributes. */
    private void reals() {
        Map<Address, Integer> seen = new HashMap<>();
        for (int index = 1; index < tables.reals().count(); index++) {
            if (tables.reals().state(index) != MapLayout.STATE_LIVE) {
                continue;
            }
            Address address = tables.reals().address(index);
            String resource = new ResourceKey.OfReal(address).toString();
            Integer first = seen.putIfAbsent(address, index);
            if (first != null) {
                flaws.add(new Flaw(resource, "index", first.toString(), first + " and " + index));
            }
            long expected = tables.reals().expectedTail(address, tables.reals().image(index));
            long found = tables.reals().tail(index);
            if (expected != found) {
                flaws.add(new Flaw(resource, "prepared outer header", hex(expected), hex(found)));
            }
        }
    }

    /** The tables through which packets find VIPs lead to VIPs and to nothing else. */
    private void vips() {
        VipGeneration table = tables.generation(tables.control().generation());
        Set<VipId> live = new HashSet<>();
        for (int number = 0; number < tables.vips().count(); number++) {
            if (tables.vips().state(number) == MapLayout.STATE_LIVE) {
                VipId id = tables.vips().id(number);
                if (tables.isInForce(number, id, table)) {
                    live.add(id);
                }
            }
        }
        live.forEach(id -> downReals(id, table.find(id)));
        List<VipId> hosts = live.stream().filter(VipId::isHost).toList();
        int addresses = (int) hosts.stream().map(VipId::address).distinct().count();
        require("addresses that belong to VIPs", addresses, table.hosts().addressCount());
        require("services that lead to VIPs", hosts.size(), table.hosts().serviceCount());
        prefixes(live.stream().filter(id -> !id.isHost()).toList(), table.prefixes());
    }

    private void prefixes(List<VipId> live, PrefixTable.Content found) {
        int networks = (int) live.stream().map(VipId::prefix).distinct().count();
        require("prefixes that belong to VIPs", networks, found.networks());
        require("services of prefixes that lead to VIPs", live.size(), found.services());
        require("look for VIPs that are prefixes", live.isEmpty() ? 0 : 1, found.asked() ? 1 : 0);
    }

    /** What packets of a VIP may look at is what {@link KernelTables#read} sees. */
    private void downReals(VipId id, int number) {
        String resource = new ResourceKey.OfVip(id).toString();
        BitSet marked = tables.downReals().read(number);
        boolean looked = tables.vips().hasDownReals(number);
        if (looked && marked.isEmpty()) {
            flaws.add(new Flaw(resource, "look for reals that are down", "no", "yes"));
        } else if (!looked && !marked.isEmpty()) {
            flaws.add(new Flaw(resource, "marks of reals that are down", "none", marked.toString()));
        }
        marked.stream()
                .filter(index ->
                        index >= tables.reals().count() || tables.reals().state(index) != MapLayout.STATE_LIVE)
                .forEach(index -> flaws.add(new Flaw(resource, "mark of real index " + index, "none", "down")));
    }

    private void require(String what, int expected, int found) {
        if (expected != found) {
            flaws.add(new Flaw(DATAPLANE, what, Integer.toString(expected), Integer.toString(found)));
        }
    }

    private static String hex(long word) {
        return String.format("0x%016x", word);
    }
}

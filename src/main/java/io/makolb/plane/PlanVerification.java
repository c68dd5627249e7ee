package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Compares everything that a plan has touched with what the kernel holds. */
final class PlanVerification {

    private final PlanePlan plan;
    private final KernelTables tables;
    private final PlaneInterfaces interfaces;
    private final HealthChecks healthChecks;
    private final VipGeneration table;

    PlanVerification(PlanePlan plan, KernelTables tables, PlaneInterfaces interfaces, HealthChecks healthChecks) {
        this.plan = plan;
        this.tables = tables;
        this.interfaces = interfaces;
        this.healthChecks = healthChecks;
        this.table = tables.generation(tables.control().generation());
    }

    void run() {
        List<VipImage> vips = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof PlanStep.EnterVip enter) {
                vips.add(enter.vip());
            } else if (step instanceof PlanStep.ChangeVip change) {
                vips.add(change.after());
            } else {
                verify(step);
            }
        }
        verify(vips);
    }

    private void verify(PlanStep step) {
        if (step instanceof PlanStep.EnterReal enter) {
            verify(enter.address(), enter.real());
        } else if (step instanceof PlanStep.ChangeReal change) {
            verify(change.address(), change.after());
        } else if (step instanceof PlanStep.RetireReal retire) {
            require(
                    tables.reals().state(retire.index()) == MapLayout.STATE_RETIRED
                            && tables.reals().address(retire.index()).equals(retire.address()),
                    "real " + retire.address());
        } else if (step instanceof PlanStep.FreeReal free) {
            require(tables.reals().state(free.index()) == MapLayout.STATE_FREE, "real " + free.address());
        } else if (step instanceof PlanStep.RetireVip retire) {
            boolean retired = tables.vips().state(retire.number()) == MapLayout.STATE_RETIRED
                    && table.find(retire.id()) == VipTable.NO_VIP;
            require(retired, "VIP " + retire.id());
        } else if (step instanceof PlanStep.FreeVip free) {
            require(tables.vips().state(free.number()) == MapLayout.STATE_FREE, "VIP " + free.id());
        } else if (step instanceof PlanStep.PutDecap put) {
            require(
                    put.destination().equals(tables.decaps().read().get(put.address())),
                    "decap destination " + put.address());
        } else if (step instanceof PlanStep.RemoveDecap remove) {
            require(!tables.decaps().read().containsKey(remove.address()), "decap destination " + remove.address());
        } else if (step instanceof PlanStep.ChangeInterface change) {
            require(interfaces.obeys(change.name(), change.after()), "interface " + change.name());
        } else if (step instanceof PlanStep.ChangeHealthChecks change) {
            require(healthChecks.obeys(change.after()), "the forwarding of health checks");
        }
    }

    private void verify(Address address, RealImage real) {
        int index = real.index();
        boolean holds = tables.reals().state(index) == MapLayout.STATE_LIVE
                && tables.reals().address(index).equals(address)
                && tables.reals().image(index).equals(real);
        require(holds, "real " + address);
    }

    private void verify(List<VipImage> vips) {
        BitSet numbers = new BitSet();
        vips.forEach(vip -> numbers.set(vip.number()));
        Map<Integer, NavigableMap<Address, MemberImage>> members =
                tables.members().read(numbers::get, tables.reals());
        for (VipImage vip : vips) {
            VipId id = vip.id();
            int number = vip.number();
            boolean holds = tables.isInForce(number, id, table)
                    && tables.vips().id(number).equals(id)
                    && tables.vip(id, number, members.getOrDefault(number, new TreeMap<>()))
                            .equals(vip);
            require(holds, "VIP " + id);
        }
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new PlaneException("The kernel holds something else of " + what + " than was written.", 0, null);
        }
    }
}

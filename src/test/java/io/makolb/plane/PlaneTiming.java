package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints how long a plane of the default sizes takes to read, change and take over. Run by hand as root; no test, for a time is
 * no fact about the code.
 */
final class PlaneTiming {

    private static final PlaneLimits LIMITS = new PlaneLimits(512, 4096, 131_072, 65_537, 6, 10_000);
    private static final int VIPS = 512;
    private static final int REALS = 100;
    private static final int RUNS = 200;

    private PlaneTiming() {}

    public static void main(String[] arguments) throws Exception {
        try (TestMachine machine = new TestMachine()) {
            DataplaneProperties properties = machine.properties(LIMITS);
            long start = System.nanoTime();
            KernelPlane plane = machine.open(properties);
            report("create", System.nanoTime() - start);
            machine.inside(() -> {
                fill(plane);
                changeOneWeight(plane);
                return plane;
            });
            plane.close();
            for (int i = 0; i < 3; i++) {
                start = System.nanoTime();
                KernelPlane taken = machine.open(properties);
                report("take over", System.nanoTime() - start);
                System.out.println("writes: " + taken.writes());
                taken.close();
            }
        }
    }

    private static void fill(KernelPlane plane) {
        PlanDraft draft = new PlanDraft(plane.read());
        for (int i = 0; i < REALS; i++) {
            draft.enterReal(real(i));
        }
        for (int i = 0; i < VIPS; i++) {
            draft.enterVip(vip(i), weights(i));
        }
        PlanePlan plan = draft.plan(1);
        long start = System.nanoTime();
        StagedPlan staged = plane.stage(plan);
        long afterStage = System.nanoTime();
        staged.switchOver();
        long afterSwitch = System.nanoTime();
        staged.verify();
        report("stage " + VIPS + " VIPs of " + REALS, afterStage - start);
        report("switch", afterSwitch - afterStage);
        report("verify", System.nanoTime() - afterSwitch);
        for (int i = 0; i < 5; i++) {
            start = cpuTime();
            plane.read();
            report("CPU, read", cpuTime() - start);
        }
    }

    private static void changeOneWeight(KernelPlane plane) {
        long[][] nanos = new long[3][RUNS];
        PlaneImage image = plane.read();
        for (int run = 0; run < RUNS; run++) {
            PlanDraft draft = new PlanDraft(image).changeMembers(vip(run), weights(run + 7));
            PlanePlan plan = draft.plan(2 + run);
            long start = cpuTime();
            StagedPlan staged = plane.stage(plan);
            long afterStage = cpuTime();
            staged.switchOver();
            long afterSwitch = cpuTime();
            staged.verify();
            nanos[0][run] = afterStage - start;
            nanos[1][run] = afterSwitch - afterStage;
            nanos[2][run] = cpuTime() - afterSwitch;
            image = plan.after();
        }
        String[] names = {"CPU, one VIP: stage", "CPU, one VIP: switch", "CPU, one VIP: verify"};
        for (int i = 0; i < names.length; i++) {
            Arrays.sort(nanos[i]);
            report(names[i] + ", median", nanos[i][RUNS / 2]);
            report(names[i] + ", 90th percentile", nanos[i][RUNS * 9 / 10]);
        }
    }

    private static Map<Address, Integer> weights(int seed) {
        Map<Address, Integer> weights = new TreeMap<>();
        for (int i = 0; i < REALS; i++) {
            weights.put(real(i), 1 + (i * 31 + seed) % 100);
        }
        return weights;
    }

    private static Address real(int i) {
        return Address.ipv4(0x0a000301 + i);
    }

    private static VipId vip(int i) {
        return VipId.host(Address.ipv4(0x0ac80000 + i % VIPS), 80, Protocol.TCP);
    }

    /** Of this thread: other work on the machine does not count. A change of one VIP is all done by it. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void report(String what, long nanos) {
        System.out.printf("%-40s %8.2f ms%n", what, nanos / 1e6);
    }
}

package io.makolb.plane;

import io.makolb.model.AttachMode;
import io.makolb.sandbox.PrivateBpfFs;
import io.makolb.sandbox.PrivateNetwork;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** A network namespace with one veth and a BPF file system, and planes in them. */
final class TestMachine implements AutoCloseable {

    static final String INTERFACE = "uplink";

    static final ForwardingProperties FORWARDING = TestProperties.forwarding("source-routing", true);

    /** The defaults. */
    static final HealthCheckProperties HEALTHCHECK =
            new HealthCheckProperties(true, HealthCheckEncapsulation.DIRECT, null, null, null, false);

    private static final LibBpfProperties LIBBPF = new LibBpfProperties("libbpf.so.1");

    private final PrivateBpfFs bpffs;
    private final PrivateNetwork network;

    TestMachine() throws Exception {
        bpffs = PrivateBpfFs.mount();
        network = PrivateNetwork.create();
        network.addVeth(INTERFACE, "router");
    }

    PrivateNetwork network() {
        return network;
    }

    Path pins() {
        return bpffs.pin("mako");
    }

    DataplaneProperties properties(PlaneLimits limits) {
        return properties(limits, AttachMode.AUTO, INTERFACE);
    }

    DataplaneProperties properties(PlaneLimits limits, AttachMode mode, String... interfaces) {
        return TestProperties.dataplane(
                pins(),
                "interfaces",
                String.join(",", interfaces),
                "mode",
                mode,
                "max-vips",
                limits.maxVips(),
                "max-reals",
                limits.maxReals(),
                "ring-size",
                limits.ringSize(),
                "connection-table-size",
                limits.maxVips() > 100 ? 8_000_000 : 4_000,
                "global-connection-table-size",
                500,
                "max-source-routes",
                limits.maxSourceRoutes());
    }

    /** Opens the plane as a process in this namespace would. */
    KernelPlane open(DataplaneProperties properties) {
        return inside(() -> KernelPlane.open(properties, TestMachine.FORWARDING, HEALTHCHECK, LIBBPF));
    }

    KernelPlane open(DataplaneProperties properties, ForwardingProperties forwarding) {
        return inside(() -> KernelPlane.open(properties, forwarding, HEALTHCHECK, LIBBPF));
    }

    KernelPlane open(DataplaneProperties properties, HealthCheckProperties healthcheck) {
        return inside(() -> KernelPlane.open(properties, TestMachine.FORWARDING, healthcheck, LIBBPF));
    }

    /** The same plane, with every call made from inside the namespace. */
    ForwardingPlane fromInside(KernelPlane plane) {
        return proxy(ForwardingPlane.class, plane);
    }

    private <T> T proxy(Class<T> face, T target) {
        Object proxy =
                Proxy.newProxyInstance(face.getClassLoader(), new Class<?>[] {face}, (self, method, arguments) -> {
                    Object answer = inside(() -> {
                        try {
                            return method.invoke(target, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() instanceof Exception cause ? cause : e;
                        }
                    });
                    return answer instanceof StagedPlan staged ? proxy(StagedPlan.class, staged) : answer;
                });
        return face.cast(proxy);
    }

    <T> T inside(Callable<T> work) {
        try {
            return network.call(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        network.close();
        bpffs.close();
    }
}

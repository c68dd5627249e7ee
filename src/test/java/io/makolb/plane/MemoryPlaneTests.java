package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import java.time.Duration;
import java.util.Optional;

/** The plane of the other tests keeps to the same contract as the kernel's. */
class MemoryPlaneTests extends ForwardingPlaneContract {

    private final MemoryKernel kernel = new MemoryKernel(LIMITS, "eth0");

    @Override
    ForwardingPlane open() {
        return new MemoryPlane(kernel);
    }

    @Override
    void connect(VipId vip, Address real, Address client, int clientPort) {
        kernel.connect(new Connection(
                vip,
                real,
                vip.address(),
                client,
                clientPort,
                vip.port(),
                Optional.of(Duration.ZERO),
                Connection.Table.CPU,
                0));
    }

    @Override
    String interfaceName() {
        return "eth0";
    }
}

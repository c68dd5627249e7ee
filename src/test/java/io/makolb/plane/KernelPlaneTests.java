package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.sandbox.BpfTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@BpfTest
class KernelPlaneTests extends ForwardingPlaneContract {

    private TestMachine machine;
    private KernelPlane opened;

    @BeforeEach
    @Override
    void openPlane() throws Exception {
        machine = new TestMachine();
        super.openPlane();
    }

    @AfterEach
    @Override
    void closePlane() {
        try {
            super.closePlane();
        } finally {
            machine.close();
        }
    }

    @Override
    ForwardingPlane open() {
        opened = machine.open(
                machine.properties(LIMITS),
                TestProperties.forwarding("global-connection-table", true, "source-routing", true));
        return machine.fromInside(opened);
    }

    @Override
    void connect(VipId vip, Address real, Address client, int clientPort) {
        opened.runningProgram().testRun(PlaneScene.first(client, clientPort, vip));
    }

    @Override
    String interfaceName() {
        return TestMachine.INTERFACE;
    }
}

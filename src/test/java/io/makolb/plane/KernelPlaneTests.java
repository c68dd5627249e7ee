package io.makolb.plane;

import io.makolb.sandbox.BpfTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@BpfTest
class KernelPlaneTests extends ForwardingPlaneContract {

    private TestMachine machine;

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
        return machine.fromInside(machine.open(machine.properties(LIMITS)));
    }

    @Override
    String interfaceName() {
        return TestMachine.INTERFACE;
    }
}

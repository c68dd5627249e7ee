package io.makolb.plane;

/** The plane of the other tests keeps to the same contract as the kernel's. */
class MemoryPlaneTests extends ForwardingPlaneContract {

    private final MemoryKernel kernel = new MemoryKernel(LIMITS, "eth0");

    @Override
    ForwardingPlane open() {
        return new MemoryPlane(kernel);
    }

    @Override
    String interfaceName() {
        return "eth0";
    }
}

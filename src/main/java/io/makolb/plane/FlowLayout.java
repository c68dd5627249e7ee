package io.makolb.plane;

import io.makolb.plane.MapLayout.Flow;

/**
 * How the entries of a connection table lie in memory. All begin with the client's address.
 *
 * @param size of an entry, in bytes
 * @param ports offset of both ports
 * @param destination offset of the address that the client sends to; 0 = the VIP tells it
 * @param tail offset of the last word: VIP, real and time stamp
 */
record FlowLayout(int size, int ports, int destination, int tail) {

    private static final FlowLayout V4 = new FlowLayout(Flow.V4_SIZE, Integer.BYTES, 0, Flow.V4_TAIL);
    private static final FlowLayout V6 = new FlowLayout(Flow.V6_SIZE, Flow.V6_PORTS, 0, Flow.V6_TAIL);
    private static final FlowLayout TO = new FlowLayout(Flow.TO_SIZE, Flow.TO_PORTS, Flow.TO_DST, Flow.TO_TAIL);

    /** That of a table by the name of its pin. */
    static FlowLayout ofTable(String name) {
        if (name.startsWith(PlaneMaps.FLOW4)) {
            return V4;
        }
        return name.startsWith(PlaneMaps.FLOW6) ? V6 : TO;
    }

    boolean hasDestination() {
        return destination != 0;
    }
}

package io.makolb.bench;

/**
 * How the driver goes over flows.
 *
 * @param flows number of flows; 0 = one flow, the frame as it is
 * @param stride from one flow to the next, modulo {@code flows}
 */
record Walk(int flows, int stride) {

    /** About the golden ratio: consecutive packets belong to flows far apart, and no pattern repeats soon. */
    private static final double SCATTER = 0.618034;

    /** One flow. */
    static final Walk SINGLE = new Walk(0, 0);

    /** One after the other. */
    static Walk inOrder(int flows) {
        return flows == 0 ? SINGLE : new Walk(flows, 1);
    }

    /** Each flow once per round, in another order than {@link #inOrder}. */
    static Walk scattered(int flows) {
        if (flows == 0) {
            return SINGLE;
        }
        int stride = (int) (flows * SCATTER);
        while (greatestCommonDivisor(stride, flows) != 1) {
            stride++;
        }
        return new Walk(flows, stride);
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}

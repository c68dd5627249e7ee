package io.makolb.bench;

import java.util.List;

/**
 * A configuration to measure with.
 *
 * @param members of all VIPs together; the VIPs have equally many, the last one fewer if that does not come out even
 * @param reals distinct ones
 * @param coldTarget milliseconds; 0: nothing was promised
 * @param unchangedTarget milliseconds; 0: nothing was promised
 */
public record Load(
        String name, int vips, int members, int reals, int ringSize, double coldTarget, double unchangedTarget) {

    /** As many VIPs and memberships as are promised. */
    public static final Load LARGEST = new Load("4096 VIPs, 65,535 memberships", 4096, 65_535, 16_000, 65_537, 0, 0);

    static final List<Load> ALL =
            List.of(new Load("512 VIPs of 100 reals", 512, 51_200, 4000, 65_537, 3000, 300), LARGEST);

    private static String address(int net, int n) {
        return net + "." + (n >> 16) + "." + (n >> 8 & 255) + "." + (n & 255);
    }

    private static String vip(int n) {
        return address(20, n + 1) + "-80-tcp";
    }

    private String real(int n) {
        return address(30, 1 + n % reals);
    }

    /** Path of a real in a VIP. */
    String member() {
        return "/vips/" + vip(0) + "/reals/" + real(0);
    }

    /** The document of the whole configuration, one weight of which is given. */
    public String document(int weight) {
        StringBuilder text = new StringBuilder("{\"vips\":{");
        int each = (members + vips - 1) / vips;
        int next = 0;
        for (int v = 0; v < vips; v++) {
            text.append(v == 0 ? "" : ",").append('"').append(vip(v)).append("\":{\"labels\":{\"env\":\"");
            text.append(v % 10 == 0 ? "prod" : "test").append("\"},\"reals\":{");
            for (int m = 0; m < each && next < members; m++, next++) {
                int value = next == 0 ? weight : 1 + next % 7;
                text.append(m == 0 ? "" : ",")
                        .append('"')
                        .append(real(next))
                        .append("\":{\"weight\":")
                        .append(value)
                        .append('}');
            }
            text.append("}}");
        }
        return text.append("}}").toString();
    }
}

package io.makolb.plane;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the forwarding program can be loaded with and without, by the names of {@code mako.forwarding}. */
enum LoadTimeFeature {
    ENCAPSULATION("encapsulation", "IPIP", "GUE"),
    INLINE_DECAP("inline-decap", "NONE", "IPIP,GUE", "IPIP", "GUE"),
    STRICT_DECAP("strict-decap-destination", "false", "true"),
    VLAN("vlan", "false", "true"),
    UDP_STABLE_ROUTING("udp-stable-routing", "false", "true"),
    TCP_SERVER_ID_ROUTING("tcp-server-id-routing", "false", "true"),
    GLOBAL_CONNECTION_TABLE("global-connection-table", "false", "true"),
    SOURCE_ROUTING("source-routing", "false", "true"),
    LOCAL_DELIVERY("local-delivery", "false", "true"),
    PREFIX_VIPS("prefix-vips", "false", "true"),
    ICMP_TOO_BIG("icmp-too-big", "true", "true", "false");

    /** What the machine would find out, and what no test wants to wait for. */
    private static final List<Object> USUAL =
            List.of("encap-source-v4", "10.0.13.37", "encap-source-v6", "fc00:2307::1337", "gue-port", 9886);

    private final String property;
    private final String usual;
    private final String fullest;
    private final Set<String> choices;

    /**
     * A property.
     *
     * @param usual its default
     * @param fullest the value with the most code
     * @param others all other values
     */
    LoadTimeFeature(String property, String usual, String fullest, String... others) {
        this.property = property;
        this.usual = usual;
        this.fullest = fullest;
        this.choices = new LinkedHashSet<>(List.of(usual, fullest));
        this.choices.addAll(Arrays.asList(others));
    }

    String property() {
        return property;
    }

    String fullest() {
        return fullest;
    }

    /** Every value, the default first. */
    List<String> choices() {
        return List.copyOf(choices);
    }

    boolean isDefault(String value) {
        return usual.equals(value);
    }

    /** Properties with these values; what is not named has its default. */
    static ForwardingProperties properties(Map<LoadTimeFeature, String> chosen, Object... further) {
        List<Object> all = new ArrayList<>(USUAL);
        chosen.forEach((feature, value) -> all.addAll(List.of(feature.property, value)));
        all.addAll(List.of(further));
        return TestProperties.forwarding(all.toArray());
    }
}

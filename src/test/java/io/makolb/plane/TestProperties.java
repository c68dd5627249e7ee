package io.makolb.plane;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Properties as the process binds them: what a test does not name has its default. */
final class TestProperties {

    /** More than any test sends in a second. */
    private static final int PLENTY = 1_000_000;

    private TestProperties() {}

    /**
     * {@code mako.forwarding.*}.
     *
     * @param namesAndValues name, value, name, value ... without the prefix
     */
    static ForwardingProperties forwarding(Object... namesAndValues) {
        return bind("mako.forwarding", ForwardingProperties.class, namesAndValues);
    }

    /** The same without a limit that the clock decides about. */
    static ForwardingProperties unlimited(Object... namesAndValues) {
        Object[] all = Arrays.copyOf(namesAndValues, namesAndValues.length + 6);
        System.arraycopy(
                new Object[] {"icmp-too-big-rate", PLENTY, "max-new-connections", PLENTY, "udp-timeout", "1h"},
                0,
                all,
                namesAndValues.length,
                6);
        return forwarding(all);
    }

    /** {@code mako.dataplane.*} of a plane pinned in this directory. */
    static DataplaneProperties dataplane(Path pins, Object... namesAndValues) {
        Object[] all = new Object[namesAndValues.length + 4];
        System.arraycopy(namesAndValues, 0, all, 4, namesAndValues.length);
        all[0] = "interfaces";
        all[1] = TestMachine.INTERFACE;
        all[2] = "pin-path";
        all[3] = pins;
        return bind("mako.dataplane", DataplaneProperties.class, all);
    }

    private static <T> T bind(String prefix, Class<T> type, Object... namesAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(prefix + "." + namesAndValues[i], namesAndValues[i + 1].toString());
        }
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate(prefix, type);
    }
}

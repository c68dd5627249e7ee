package io.makolb.stats;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Brings the meters of the libraries in line with the Prometheus naming practices, as {@code promtool check metrics} has them:
 * help for everybody, base units, no suffix that means something else; and paths as the published description has them.
 */
final class ForeignMeters implements MeterFilter {

    /** Their units are not base units, their suffix belongs to histograms, or they count what Mako does not have. */
    private static final Set<String> LEFT_OUT =
            Set.of("jvm.compilation.time", "process.cpu.time", "system.cpu.count", "tomcat.sessions");

    private static final Map<String, String> HELP = Map.of(
            "http.server.requests", "HTTP requests that were answered",
            "http.server.requests.active", "HTTP requests that are being answered",
            "http.client.requests", "HTTP requests that were sent");

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        boolean leftOut = LEFT_OUT.stream()
                .anyMatch(name -> id.getName().equals(name) || id.getName().startsWith(name + "."));
        return leftOut ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    /** In a path template, a variable with the expression that it must match. */
    private static final Pattern CONSTRAINED = Pattern.compile("\\{([^{}:]+):[^{}]*}");

    private static final String URI = "uri";

    @Override
    public Meter.Id map(Meter.Id id) {
        Meter.Id described = described(id);
        String uri = described.getTag(URI);
        return uri == null
                ? described
                : described.replaceTags(Tags.of(described.getTags())
                        .and(URI, CONSTRAINED.matcher(uri).replaceAll("{$1}")));
    }

    private static Meter.Id described(Meter.Id id) {
        String description = id.getDescription();
        if (description != null && !description.isEmpty()) {
            return id;
        }
        String help = HELP.getOrDefault(id.getName(), id.getName().replace('.', ' '));
        return new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), help, id.getType());
    }
}

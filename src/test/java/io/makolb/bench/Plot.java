package io.makolb.bench;

import java.util.List;
import java.util.Locale;

/** The ratios as bars: Katran behind, Mako in front, the target as a mark. */
final class Plot {

    private static final int LABELS = 290;
    private static final int BARS = 560;
    private static final int ROW = 26;
    private static final int MARGIN = 34;

    private Plot() {}

    /** An SVG image; no fonts but the reader's own. */
    static String svg(List<Timing> timings) {
        double longest = timings.stream()
                .mapToDouble(
                        timing -> Math.max(timing.ratio(), timing.measured().katran()))
                .max()
                .orElse(1);
        double scale = BARS / longest;
        int height = MARGIN + ROW * timings.size() + 10;
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="white"/>
                <text x="10" y="20">time per packet, multiples of the floor: <tspan fill="#0072b2">Mako</tspan>, \
                <tspan fill="#999999">Katran</tspan>, <tspan fill="#d55e00">target</tspan></text>
                """, LABELS + BARS + 60, height));
        for (int row = 0; row < timings.size(); row++) {
            append(svg, timings.get(row), MARGIN + ROW * row, scale);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void append(StringBuilder svg, Timing timing, int top, double scale) {
        double target = LABELS + timing.measured().target() * scale;
        svg.append(String.format(
                Locale.ROOT,
                """
                <text x="10" y="%d">%s</text>
                <rect x="%d" y="%d" width="%.1f" height="18" fill="#cccccc"/>
                <rect x="%d" y="%d" width="%.1f" height="10" fill="#0072b2"/>
                <line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#d55e00" stroke-width="2"/>
                <text x="%.1f" y="%d">%.2f</text>
                """,
                top + 14,
                timing.measured().name(),
                LABELS,
                top,
                timing.measured().katran() * scale,
                LABELS,
                top + 4,
                timing.ratio() * scale,
                target,
                top,
                target,
                top + 18,
                LABELS + Math.max(timing.measured().katran(), timing.ratio()) * scale + 6,
                top + 14,
                timing.ratio()));
    }
}

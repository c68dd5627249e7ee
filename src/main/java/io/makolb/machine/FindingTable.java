package io.makolb.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as lines in columns. */
final class FindingTable {

    private FindingTable() {}

    static List<String> lines(List<Finding> findings) {
        int width = findings.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(0);
        String format = "%-8s %-" + Math.max(1, width) + "s  %s";
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(String.format(
                    Locale.ROOT,
                    format,
                    finding.level().name().toLowerCase(Locale.ROOT),
                    finding.subject(),
                    finding.sentence()));
            if (!finding.remedy().isEmpty()) {
                lines.add(String.format(Locale.ROOT, format, "", "", "-> " + finding.remedy()));
            }
        }
        return lines;
    }
}

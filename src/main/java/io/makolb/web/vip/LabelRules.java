package io.makolb.web.vip;

import io.makolb.web.strict.Findings;
import io.makolb.web.strict.JsonFaults;
import java.util.Map;
import java.util.regex.Pattern;

/** What labels may look like: anything that a selector in a URL can name. */
final class LabelRules {

    static final int MOST = 64;
    static final int LONGEST_NAME = 63;
    static final int LONGEST_VALUE = 255;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("[^,\\p{Cntrl}]*");

    private LabelRules() {}

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Finds what cannot be used.
     *
     * @param under JSON pointer of the labels
     */
    static void check(Map<String, String> labels, String under, Findings findings) {
        if (labels.size() > MOST) {
            findings.add(under, "too-many", "There are " + labels.size() + " labels.", "Use at most " + MOST + ".");
        }
        labels.forEach((name, value) -> {
            String pointer = under + "/" + JsonFaults.escape(name);
            if (name.isEmpty() || name.length() > LONGEST_NAME) {
                findings.add(
                        pointer,
                        "name-length",
                        "The name of a label has " + name.length() + " characters.",
                        "Use 1 to " + LONGEST_NAME + ".");
            } else if (!isName(name)) {
                findings.add(
                        pointer,
                        "name-characters",
                        "The name of a label is '" + name + "'.",
                        "Use letters, digits, and between them also . _ / and -.");
            }
            if (value.length() > LONGEST_VALUE) {
                findings.add(
                        pointer,
                        "too-long",
                        "The label '" + name + "' has " + value.length() + " characters.",
                        "Use at most " + LONGEST_VALUE + ".");
            } else if (!VALUE.matcher(value).matches()) {
                findings.add(
                        pointer,
                        "value-characters",
                        "The label '" + name + "' has a comma or a control character in it.",
                        "Leave them out: commas separate the parts of a selector.");
            }
        });
    }
}

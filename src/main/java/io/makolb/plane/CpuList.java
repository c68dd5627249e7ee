package io.makolb.plane;

import java.util.BitSet;

/** CPU numbers as the kernel writes them: {@code 0-3,8}. */
final class CpuList {

    private static final String RANGES = "[0-9]{1,5}(-[0-9]{1,5})?(,[0-9]{1,5}(-[0-9]{1,5})?)*";

    private CpuList() {}

    /** Reads such a list, which is never empty. */
    static BitSet parse(String property, String text) {
        InvalidSettingException.require(
                text.matches(RANGES),
                property,
                text,
                "it is no list of CPUs.",
                "Write CPU numbers and ranges, such as 0-3,8, or auto.");
        BitSet cpus = new BitSet();
        for (String range : text.split(",", -1)) {
            int hyphen = range.indexOf('-');
            int first = Integer.parseInt(hyphen < 0 ? range : range.substring(0, hyphen));
            int last = hyphen < 0 ? first : Integer.parseInt(range.substring(hyphen + 1));
            InvalidSettingException.require(
                    first <= last, property, text, range + " ends before it begins.", "Write the lower number first.");
            cpus.set(first, last + 1);
        }
        return cpus;
    }
}

package io.makolb.plane;

/** A property of the process has a value that cannot be used. */
public final class InvalidSettingException extends PlaneStartException {

    private static final long serialVersionUID = 1L;

    private final String property;

    InvalidSettingException(String property, Object value, String reason, String action) {
        super("The property " + property + " is '" + value + "': " + reason, action, null);
        this.property = property;
    }

    /** Its name, as it is written in a configuration file. */
    public String property() {
        return property;
    }

    static void require(boolean valid, String property, Object value, String reason, String action) {
        if (!valid) {
            throw new InvalidSettingException(property, value, reason, action);
        }
    }

    static void requireRange(String property, long value, long least, long most) {
        require(
                value >= least && value <= most,
                property,
                value,
                "it must be " + least + " to " + most + ".",
                "Choose a value in that range, or leave the property out for its default.");
    }
}

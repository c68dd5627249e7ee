package io.makolb.libbpf;

/** libbpf could not be loaded. The message says what was tried, what the loader answered and what to install. */
public final class LibBpfMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;

    LibBpfMissingException(String path, String remedy, Throwable cause) {
        super("Cannot load " + path + ": " + loaderWords(cause) + ". " + remedy, cause);
        this.path = path;
    }

    /** The file or library name that was tried. */
    public String path() {
        return path;
    }

    /** The dynamic loader's answer. JNA stands around it: a heading, and a list of all jars it has looked through. */
    private static String loaderWords(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return words.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("Native library (") && !line.startsWith("Unable to load library"))
                .distinct()
                .reduce((all, line) -> all + "; " + line)
                .orElse(words);
    }
}

package io.makolb.web.config;

import io.makolb.model.Change;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.strict.JsonFaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The file that {@code mako.config-file} names: a document of the whole configuration, read as strictly as a request. */
@Component
final class ConfigFile {

    private static final String PROPERTY = "mako.config-file";

    /** As much as a body of PUT /config may have. */
    private static final long MOST_BYTES = 64L << 20;

    private final Optional<Path> path;
    private final JsonMapper mapper;
    private volatile @Nullable Refusal trouble;

    ConfigFile(ConfigFileProperties properties, JsonMapper mapper) {
        this.path = properties.path();
        this.mapper = mapper;
    }

    /** Where it is; absent: there is none. */
    Optional<Path> path() {
        return path;
    }

    /** Why it was not applied; absent: it was, or there is none. */
    Optional<Refusal> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** It could not be applied, and what was in force before still is. */
    void refused(Refusal why) {
        trouble = why;
    }

    /** It is the configuration now. */
    void applied() {
        trouble = null;
    }

    /**
     * What it says now.
     *
     * @throws Refusal there is none, or it cannot be read; with the pointers of everything that is wrong with it
     */
    Change.ApplyFile read() {
        Path file = path.orElseThrow(() -> new Refusal(
                Reason.FEATURE_OFF,
                "Mako was started without a configuration file.",
                "Set " + PROPERTY + " and restart, or send the document with PUT /api/v1/config."));
        byte[] bytes = bytes(file);
        try {
            ConfigBody body = mapper.readValue(bytes, ConfigBody.class);
            return new Change.ApplyFile(
                    new Change.ReplaceConfiguration(body.toConfiguration(), body.wanted(), body.toBulk()),
                    digest(bytes));
        } catch (JacksonException e) {
            ProblemException problem = JsonFaults.problem(e);
            throw unusable(file, problem.detail(), problem.remedy(), problem.violations(), e);
        } catch (Refusal e) {
            throw unusable(file, e.detail(), e.remedy(), e.violations(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            long size = Files.isRegularFile(file) ? Files.size(file) : 0;
            if (size > MOST_BYTES) {
                throw unusable(
                        file, "It has " + size + " bytes, more than 64 MiB.", "Is it the right file?", List.of(), null);
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw unusable(file, "It is no regular file.", "Name a file in " + PROPERTY + ".", List.of(), null);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw unusable(
                    file,
                    "There is no such file.",
                    "Create it, or name another one in " + PROPERTY + ".",
                    List.of(),
                    e);
        } catch (IOException e) {
            throw unusable(file, "It cannot be read: " + e + ".", "Make it readable for Mako.", List.of(), e);
        }
    }

    private static Refusal unusable(
            Path file, String detail, String remedy, List<Violation> violations, @Nullable Exception cause) {
        String places = String.join(
                ", ",
                violations.stream()
                        .map(Violation::pointer)
                        .filter(pointer -> !pointer.isEmpty())
                        .toList());
        return new Refusal(
                Reason.INVALID_VALUE,
                PROPERTY + " " + file + (places.isEmpty() ? "" : " at " + places) + ": "
                        + detail.replace("The body", "The document"),
                remedy,
                violations,
                0,
                cause);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

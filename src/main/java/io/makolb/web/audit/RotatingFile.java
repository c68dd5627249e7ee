package io.makolb.web.audit;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/**
 * Lines in a file that is put aside when it is full, by Logback's appender. That one keeps its failures to itself: it reports some of
 * them as a status, drops what it is given while it waits to try again, and says when it has recovered.
 */
final class RotatingFile implements AutoCloseable {

    private static final class Lines extends EncoderBase<String> {
        @Override
        public byte[] headerBytes() {
            return new byte[0];
        }

        @Override
        public byte[] encode(String line) {
            return (line + "\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return new byte[0];
        }
    }

    private final Path file;
    private final int kept;
    private final RollingFileAppender<String> appender = new RollingFileAppender<>();
    private volatile String trouble = "";

    RotatingFile(Path file, DataSize maxSize, int kept) {
        this.file = file;
        this.kept = kept;
        ContextBase context = new ContextBase();
        context.setName("audit");
        context.getStatusManager().add(this::note);
        FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
        window.setContext(context);
        window.setParent(appender);
        window.setFileNamePattern(file + ".%i");
        window.setMinIndex(1);
        window.setMaxIndex(kept);
        SizeBasedTriggeringPolicy<String> full = new SizeBasedTriggeringPolicy<>();
        full.setContext(context);
        full.setMaxFileSize(new FileSize(maxSize.toBytes()));
        full.setCheckIncrement(Duration.buildByMilliseconds(0));
        Lines lines = new Lines();
        lines.setContext(context);
        appender.setContext(context);
        appender.setName("audit");
        appender.setFile(file.toString());
        appender.setEncoder(lines);
        appender.setRollingPolicy(window);
        appender.setTriggeringPolicy(full);
        window.start();
        full.start();
        lines.start();
        appender.start();
    }

    /** Logback tells of its troubles and recoveries here, on the thread that writes. */
    private void note(Status status) {
        if (status.getLevel() == Status.ERROR) {
            Throwable cause = status.getThrowable();
            trouble = status.getMessage() + (cause == null ? "" : ": " + cause.getMessage());
        } else if (status.getLevel() == Status.INFO && status.getMessage().startsWith("Recovered from")) {
            trouble = "";
        }
    }

    /**
     * Appends a line.
     *
     * @return whether it was handed to the kernel; else {@link #trouble} says why not
     */
    boolean append(String line) {
        if (!appender.isStarted()) {
            trouble = "";
            appender.start();
        }
        appender.doAppend(line);
        return appender.isStarted() && trouble.isEmpty();
    }

    /** Why lines are not written; empty while they are. */
    String trouble() {
        return trouble;
    }

    /** The file in use. */
    Path file() {
        return file;
    }

    /** The files that there may be, newest first. */
    List<Path> files() {
        return Stream.concat(
                        Stream.of(file),
                        IntStream.rangeClosed(1, kept).mapToObj(n -> file.resolveSibling(file.getFileName() + "." + n)))
                .toList();
    }

    @Override
    public void close() {
        appender.stop();
    }
}

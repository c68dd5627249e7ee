package io.makolb.web.http;

import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.strict.JsonFaults;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Reads documents that come one on each line, one after the other; whatever is wrong with one says which. */
public final class JsonLinesReader<T> implements Iterator<T> {

    private final MappingIterator<T> lines;
    private int read;

    /** Reads documents of one type from a stream, which its owner closes. */
    public JsonLinesReader(JsonMapper json, InputStream body, Class<T> type) {
        this.lines = json.readerFor(type).readValues(body);
    }

    /**
     * Hands out all that are left.
     *
     * @param consumer may refuse a document
     */
    public void handTo(Consumer<T> consumer) {
        while (hasNext()) {
            T document = next();
            try {
                consumer.accept(document);
            } catch (Refusal refusal) {
                throw at(read - 1, ProblemException.of(refusal), refusal);
            } catch (ProblemException problem) {
                throw at(read - 1, problem, problem);
            }
        }
    }

    /** How many were read so far. */
    public int count() {
        return read;
    }

    @Override
    public boolean hasNext() {
        return reading(lines::hasNextValue);
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        T document = reading(lines::nextValue);
        read++;
        return document;
    }

    private <R> R reading(Supplier<R> step) {
        try {
            return step.get();
        } catch (JacksonException e) {
            throw at(read, JsonFaults.problem(e), e);
        }
    }

    private static ProblemException at(int line, ProblemException problem, Exception cause) {
        String place = "/" + line;
        List<Violation> violations = problem.violations().isEmpty()
                ? List.of(new Violation(place, "unusable", problem.detail()))
                : problem.violations().stream()
                        .map(violation -> violation.under(place))
                        .toList();
        return new ProblemException(
                problem.problem(),
                "Entry " + (line + 1) + ": " + problem.detail(),
                problem.remedy(),
                violations,
                cause);
    }
}

package io.makolb.web.bulk;

import io.makolb.model.Violation;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.strict.JsonFaults;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;

/** Bodies that come one on each line, read as they are asked for; once. */
final class NdjsonItems<B> extends AbstractCollection<B> {

    private final MappingIterator<B> lines;
    private int read;

    NdjsonItems(MappingIterator<B> lines) {
        this.lines = lines;
    }

    @Override
    public Iterator<B> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return reading(lines::hasNextValue);
            }

            @Override
            public B next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                B next = reading(lines::nextValue);
                read++;
                return next;
            }
        };
    }

    private <T> T reading(Supplier<T> step) {
        try {
            return step.get();
        } catch (JacksonException e) {
            ProblemException problem = JsonFaults.problem(e);
            List<Violation> violations = problem.violations().isEmpty()
                    ? List.of(new Violation("/" + read, "unreadable", problem.detail()))
                    : problem.violations().stream()
                            .map(violation -> violation.under("/" + read))
                            .toList();
            throw new ProblemException(
                    problem.problem(),
                    "Entry " + (read + 1) + ": " + problem.detail(),
                    problem.remedy(),
                    violations,
                    e);
        }
    }

    /** How many were read so far. */
    @Override
    public int size() {
        return read;
    }
}

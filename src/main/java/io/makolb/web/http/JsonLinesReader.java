package io.makolb.web.http;

import io.makolb.model.Refusal;
import io.makolb.model.Violation;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.strict.JsonFaults;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Reads documents that come one on each line, one after the other; whatever is wrong with one says which. */
public final class JsonLinesReader {

    private JsonLinesReader() {}

    /**
     * Reads them all.
     *
     * @param consumer may refuse a document
     */
    public static <T> void read(JsonMapper json, InputStream body, Class<T> type, Consumer<T> consumer) {
        int line = 0;
        try (MappingIterator<T> lines = json.readerFor(type).readValues(body)) {
            while (lines.hasNextValue()) {
                consumer.accept(lines.nextValue());
                line++;
            }
        } catch (JacksonException e) {
            throw at(line, JsonFaults.problem(e), e);
        } catch (Refusal e) {
            throw at(line, ProblemException.of(e), e);
        } catch (ProblemException e) {
            throw at(line, e, e);
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

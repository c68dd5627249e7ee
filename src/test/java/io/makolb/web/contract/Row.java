package io.makolb.web.contract;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the contract promises of one operation, in terms that a test can try.
 *
 * @param method of HTTP
 * @param pattern the path under the base
 * @param kind what it does
 * @param body one that changes the resource of the table's configuration, or creates the absent one; null: none is sent
 * @param target pattern of the resource whose tag a precondition speaks of, which is what the answer shows
 * @param effect whether that body changes anything
 * @param absent what becomes of it where the target does not exist
 * @param variables values of path variables that differ from those of the table
 */
record Row(
        String method,
        String pattern,
        Kind kind,
        @Nullable String body,
        String target,
        boolean effect,
        Absent absent,
        Map<String, String> variables) {

    /** What an operation does. */
    enum Kind {
        /** Reads something without a tag. */
        READ,
        /** Reads a resource of the configuration, which has a tag. */
        READ_TAGGED,
        /** Reads what never ends. */
        STREAM,
        /** Changes the configuration, with preconditions and dry runs. */
        WRITE,
        /** Acts on the plane; the configuration, its tags and its revisions have no part in it. */
        COMMAND
    }

    /** What becomes of a write whose target does not exist. */
    enum Absent {
        /** It is created. */
        CREATED,
        /** It is missed. */
        MISSED,
        /** It cannot exist, whatever anybody demands of it. */
        IMPOSSIBLE,
        /** It always exists. */
        NEVER
    }

    private static Row read(String pattern, Kind kind) {
        return new Row("GET", pattern, kind, null, pattern, false, absentFor(pattern), Map.of());
    }

    private static Absent absentFor(String pattern) {
        return pattern.contains("{") ? Absent.MISSED : Absent.NEVER;
    }

    /** A GET of something without a tag: a list, a state, numbers. */
    static Row reads(String pattern) {
        return read(pattern, Kind.READ);
    }

    /** A GET of a resource of the configuration. */
    static Row readsTagged(String pattern) {
        return read(pattern, Kind.READ_TAGGED);
    }

    /** A GET that goes on until the reader hangs up. */
    static Row streams(String pattern) {
        return read(pattern, Kind.STREAM);
    }

    /** A PUT; of one resource unless said otherwise. */
    static Row puts(String pattern, String body) {
        return new Row("PUT", pattern, Kind.WRITE, body, pattern, true, absentFor(pattern), Map.of());
    }

    /** A PATCH. */
    static Row patches(String pattern, String body) {
        return new Row("PATCH", pattern, Kind.WRITE, body, pattern, true, absentFor(pattern), Map.of());
    }

    /** A DELETE. */
    static Row deletes(String pattern) {
        return new Row("DELETE", pattern, Kind.WRITE, null, pattern, true, absentFor(pattern), Map.of());
    }

    /** A POST to a list, which creates the resource that its body names, and never replaces. */
    static Row creates(String pattern, String body, String target) {
        return new Row("POST", pattern, Kind.WRITE, body, target, true, Absent.CREATED, Map.of());
    }

    /** A POST that changes another resource than its own path: the set that it edits. */
    static Row edits(String pattern, @Nullable String body, String target) {
        return new Row("POST", pattern, Kind.WRITE, body, target, true, absentFor(target), Map.of());
    }

    /** A POST that acts on the plane. */
    static Row commands(String pattern, @Nullable String body) {
        return new Row("POST", pattern, Kind.COMMAND, body, pattern, false, absentFor(pattern), Map.of());
    }

    /** A DELETE that acts on the plane. */
    static Row purges(String pattern) {
        return new Row("DELETE", pattern, Kind.COMMAND, null, pattern, false, absentFor(pattern), Map.of());
    }

    /** A POST of lines that acts on the plane. */
    static Row imports(String pattern, String line) {
        return new Row("POST", pattern, Kind.COMMAND, line, pattern, false, absentFor(pattern), Map.of());
    }

    /** Whether its body is lines of JSON, and not one document. */
    boolean isLines() {
        return pattern.endsWith("/import");
    }

    /** The same, and where its target does not exist it is created. */
    Row creating() {
        return new Row(method, pattern, kind, body, target, effect, Absent.CREATED, variables);
    }

    /** The same, of something that can only exist where the machine has it. */
    Row ofWhatIsGiven() {
        return new Row(method, pattern, kind, body, target, effect, Absent.IMPOSSIBLE, variables);
    }

    /** The same, with a body that changes nothing, because no body can while a feature is off. */
    Row withoutEffect() {
        return new Row(method, pattern, kind, body, target, false, absent, variables);
    }

    /** The same, for other values of path variables than those of the table. */
    Row with(String variable, String value) {
        Map<String, String> more = new TreeMap<>(variables);
        more.put(variable, value);
        return new Row(method, pattern, kind, body, target, effect, absent, more);
    }

    /** The operation it speaks of. */
    String operation() {
        return method + " " + pattern;
    }

    /** Whether it changes the configuration. */
    boolean writes() {
        return kind == Kind.WRITE;
    }

    /** The path of the operation, its target present or not. */
    String path(boolean present) {
        return OperationTable.filled(pattern, present, variables);
    }

    /** The path of the target. */
    String targetPath(boolean present) {
        return OperationTable.filled(target, present, variables);
    }

    /** Sends it. */
    Response send(RequestSpecification request, boolean present, String query) {
        if (body != null) {
            String type = isLines()
                    ? "application/x-ndjson"
                    : method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
            request.contentType(type).body(present ? body : OperationTable.renamed(body));
        }
        return request.request(method, path(present) + query);
    }

    @Override
    public String toString() {
        return operation();
    }
}

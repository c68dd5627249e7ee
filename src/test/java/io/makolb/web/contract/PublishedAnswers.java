package io.makolb.web.contract;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds every answer to the published description: what it does not describe fails the test that got it. */
final class PublishedAnswers implements Filter {

    private static final String BASE = "/api/v1/";
    private static final String PROBLEM_TYPE = "tag:makolb.io,2026:problem/";

    /** Headers that mean something here, beside those that begin with "Mako-". */
    private static final Set<String> OURS =
            Set.of("etag", "location", "content-location", "retry-after", "accept", "accept-patch");

    /** Of an answer in lines, so many are looked at. */
    private static final int LINES = 100;

    private final Published published = Published.read();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response answer = context.next(request, expected);
        List<String> findings = findings(request.getMethod(), request.getURI(), answer);
        if (!findings.isEmpty()) {
            throw new AssertionError("%s %s answered %d, not as openapi/openapi.yaml describes it:%n  %s%n%s%n%s"
                    .formatted(
                            request.getMethod(),
                            request.getURI(),
                            answer.statusCode(),
                            String.join("\n  ", findings),
                            answer.headers(),
                            answer.asString()));
        }
        return answer;
    }

    /** What the description does not say of an answer, or says otherwise. */
    List<String> findings(String method, String uri, Response answer) {
        int base = uri.indexOf(BASE);
        if (base < 0 || uri.substring(0, base).contains("?")) {
            return List.of();
        }
        String[] target = uri.substring(base + BASE.length() - 1).split("\\?", 2);
        return published
                .operation(method, target[0])
                .map(operation -> ofOperation(operation, method, target.length > 1, answer))
                .orElseGet(() -> ofNone(method, answer));
    }

    /** Where there is no operation there is nothing but a problem, and the list of the methods. */
    private List<String> ofNone(String method, Response answer) {
        if (method.equals("OPTIONS") && answer.statusCode() == 200) {
            return List.of();
        }
        if (answer.statusCode() < 400) {
            return List.of("there is no such operation");
        }
        if (method.equals("HEAD")) {
            return List.of();
        }
        JsonNode problem = JsonMapper.shared().createObjectNode().put("$ref", "#/components/schemas/Problem");
        return published.violations(problem, json(answer));
    }

    private List<String> ofOperation(Published.Operation operation, String method, boolean hasQuery, Response answer) {
        JsonNode responses = operation.description().get("responses");
        JsonNode described = responses.path(String.valueOf(answer.statusCode()));
        if (described.isMissingNode()) {
            return List.of("this status is none of " + responses.propertyNames());
        }
        List<String> findings = new ArrayList<>(headers(described, hasQuery, answer));
        findings.addAll(body(described.path("content"), method.equals("HEAD"), answer));
        return findings;
    }

    private List<String> headers(JsonNode described, boolean hasQuery, Response answer) {
        List<String> findings = new ArrayList<>();
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(described.path("headers").propertyNames());
        for (Header header : answer.headers()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if ((name.startsWith("mako-") || OURS.contains(name)) && !names.contains(name)) {
                findings.add("the header " + header + " is not described");
            }
        }
        described.path("headers").properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode header = published.resolved(entry.getValue());
            String value = answer.header(name);
            if (value != null) {
                JsonNode schema = header.get("schema");
                JsonNode typed = schema.path("type").asString().equals("string")
                        ? JsonMapper.shared().getNodeFactory().stringNode(value)
                        : JsonMapper.shared().readTree(value);
                published
                        .violations(schema, typed)
                        .forEach(violation -> findings.add("the header " + name + violation));
            } else if (header.path("required").asBoolean() || name.equals("ETag") && owesTag(hasQuery, answer)) {
                findings.add("the header " + name + " is missing");
            }
        });
        return findings;
    }

    /** A query can ask for what has no tag: a plan, a page, the state. A refusal has one where there is something to name. */
    private static boolean owesTag(boolean hasQuery, Response answer) {
        return answer.statusCode() < 400 && !hasQuery;
    }

    private List<String> body(JsonNode content, boolean head, Response answer) {
        String type = answer.contentType() == null ? "" : answer.contentType().split(";", 2)[0];
        if (type.isEmpty()) {
            return content.isMissingNode() || head ? List.of() : List.of("the body is missing");
        }
        JsonNode described = content.path(type);
        if (described.isMissingNode()) {
            return List.of("a body of type " + type + " is not described");
        }
        if (head || !type.endsWith("json")) {
            return List.of();
        }
        if (type.endsWith("x-ndjson")) {
            return answer.asString()
                    .lines()
                    .limit(LINES)
                    .flatMap(line ->
                            published
                                    .violations(
                                            described.get("schema"),
                                            JsonMapper.shared().readTree(line))
                                    .stream())
                    .toList();
        }
        JsonNode value = json(answer);
        List<String> findings = new ArrayList<>(published.violations(described.get("schema"), value));
        if (type.equals("application/problem+json")) {
            Set<String> problems = described.get("examples").propertyNames().stream()
                    .map(PROBLEM_TYPE::concat)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!problems.contains(value.path("type").asString())) {
                findings.add("this problem is none of " + problems);
            }
        }
        return findings;
    }

    private static JsonNode json(Response answer) {
        return JsonMapper.shared().readTree(answer.asString());
    }
}

package io.makolb.web.audit;

import io.makolb.balancer.Balancer;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.web.http.Answers;
import io.makolb.web.http.LatestFirst;
import io.makolb.web.http.Refuses;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The record of all writes. */
@RestController
@RequestMapping(path = "/api/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "History")
class AuditController {

    private final Balancer balancer;
    private final AuditLog log;

    AuditController(Balancer balancer, AuditLog log) {
        this.balancer = balancer;
        this.log = log;
    }

    @GetMapping
    @Operation(
            summary = "List the writes that were asked for",
            description = "Newest first: also those that were refused, changed nothing, or were dry runs.")
    @Refuses(ProblemName.STORE_UNAVAILABLE)
    ResponseEntity<AuditBody> listAudit(
            LatestFirst latest,
            @Parameter(
                            description = "Only writes of this resource and of what is below it: a path below the base",
                            example = "vips/10.200.1.1-80-tcp")
                    @RequestParam(required = false)
                    @Nullable String resource,
            @Parameter(description = "Only writes at this time or later (RFC 3339)", example = "2026-01-31T12:00:00Z")
                    @RequestParam(required = false)
                    @Nullable String since) {
        Instant start = since == null ? Instant.MIN : instant(since);
        Predicate<AuditEntry> wanted = entry -> !entry.at().isBefore(start)
                && (resource == null
                        || entry.resource().equals(resource)
                        || entry.resource().startsWith(resource + "/"));
        List<AuditEntry> found;
        try {
            found = log.latest(latest.before(), latest.wanted(), wanted);
        } catch (IOException e) {
            throw new Refusal(
                    Reason.STORE_UNAVAILABLE,
                    "The audit file " + log.path() + " cannot be read: " + e + ".",
                    "Check the disk and the permissions of the file.",
                    List.of(),
                    0,
                    e);
        }
        AuditBody body = new AuditBody(latest.page(found), latest.next(found, AuditEntry::number));
        return Answers.untagged(balancer.snapshot(), body);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            ProblemException problem = new ProblemException(
                    ProblemName.INVALID_VALUE,
                    "The parameter 'since' is '" + text + "', which is no time.",
                    "Give a time of RFC 3339 in UTC, such as 2026-01-31T12:00:00Z.");
            problem.initCause(e);
            throw problem;
        }
    }
}

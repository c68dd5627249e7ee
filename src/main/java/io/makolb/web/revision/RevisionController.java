package io.makolb.web.revision;

import io.makolb.balancer.Balancer;
import io.makolb.balancer.History;
import io.makolb.balancer.Snapshot;
import io.makolb.store.RevisionEntry;
import io.makolb.web.http.Answers;
import io.makolb.web.http.LatestFirst;
import io.makolb.web.http.Refuses;
import io.makolb.web.http.Tagged;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The history of the configuration. */
@RestController
@RequestMapping(path = "/api/v1/revisions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "History", description = "What the configuration was, and what was asked of it")
class RevisionController {

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final Balancer balancer;
    private final History history;

    RevisionController(Balancer balancer, History history) {
        this.balancer = balancer;
        this.history = history;
    }

    @GetMapping
    @Operation(
            summary = "List revisions",
            description = "Newest first. mako.store.keep-revisions and mako.store.keep-days say how many are kept.")
    @Refuses(ProblemName.STORE_UNAVAILABLE)
    ResponseEntity<RevisionsBody> listRevisions(LatestFirst latest) {
        Snapshot snapshot = balancer.snapshot();
        List<RevisionEntry> found = history.page(latest.before(), latest.wanted());
        List<RevisionsBody.Item> items =
                latest.page(found).stream().map(RevisionsBody.Item::of).toList();
        return Answers.untagged(
                snapshot, new RevisionsBody(items, latest.next(found, RevisionEntry::number), snapshot.revision()));
    }

    @GetMapping("/{number}")
    @Operation(
            summary = "Get a revision",
            description =
                    "With its diff and the whole configuration that it made. To roll back, PUT config to /config.")
    @Tagged
    @Refuses({ProblemName.MALFORMED_ID, ProblemName.STORE_UNAVAILABLE})
    ResponseEntity<RevisionBody> getRevision(@PathVariable String number) {
        if (!NUMBER.matcher(number).matches()) {
            throw new ProblemException(
                    ProblemName.MALFORMED_ID,
                    "'" + number + "' is no revision.",
                    "A revision is a number, such as 17; list them with GET /api/v1/revisions.");
        }
        long revision = Long.parseLong(number);
        RevisionBody body = RevisionBody.of(history.revision(revision));
        return ResponseEntity.ok()
                .eTag("\"" + revision + "\"")
                .header(Answers.REVISION, Long.toString(balancer.snapshot().revision()))
                .body(body);
    }
}

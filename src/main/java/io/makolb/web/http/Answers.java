package io.makolb.web.http;

import io.makolb.balancer.Outcome;
import io.makolb.balancer.Plan;
import io.makolb.balancer.Snapshot;
import io.makolb.model.ResourceKey;
import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** The form of every answer: status, tags and revisions. */
public final class Answers {

    /** Base of all paths. */
    public static final String BASE = "/api/v1/";

    /** Whether a write changed anything. */
    public static final String CHANGED = "Mako-Changed";

    /** The revision of the configuration that an answer reflects. */
    public static final String REVISION = "Mako-Revision";

    private Answers() {}

    /** A resource of the configuration, with its tag. */
    public static <B> ResponseEntity<B> resource(Snapshot snapshot, ResourceKey key, B body) {
        return ResponseEntity.ok()
                .eTag(EntityTags.of(snapshot, key))
                .header(REVISION, Long.toString(snapshot.revision()))
                .body(body);
    }

    /** Something that has no tag: a list, a page, a status. */
    public static <B> ResponseEntity<B> untagged(Snapshot snapshot, B body) {
        return ResponseEntity.ok()
                .header(REVISION, Long.toString(snapshot.revision()))
                .body(body);
    }

    /**
     * The answer of a write: 201, 200, 202 when the kernel did not take it yet, or the plan of a dry run.
     *
     * @param body the full representation after the write
     */
    public static ResponseEntity<Object> written(Outcome outcome, ResourceKey key, Function<Snapshot, Object> body) {
        if (outcome.plan().isPresent()) {
            return planned(outcome);
        }
        ResponseEntity.BodyBuilder answer =
                outcome.created() ? ResponseEntity.created(URI.create(BASE + key)) : ResponseEntity.ok();
        if (!outcome.applied()) {
            answer = ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, "1");
        }
        return answer.eTag(EntityTags.of(outcome.snapshot(), key))
                .header(CHANGED, Boolean.toString(outcome.changed()))
                .header(REVISION, Long.toString(outcome.revision()))
                .body(body.apply(outcome.snapshot()));
    }

    /** The answer of a DELETE: 204, 202 when the kernel did not take it yet, or the plan of a dry run. */
    public static ResponseEntity<Object> deleted(Outcome outcome) {
        if (outcome.plan().isPresent()) {
            return planned(outcome);
        }
        ResponseEntity.HeadersBuilder<?> answer = outcome.applied()
                ? ResponseEntity.noContent()
                : ResponseEntity.accepted().header(HttpHeaders.RETRY_AFTER, "1");
        return answer.header(CHANGED, Boolean.toString(outcome.changed()))
                .header(REVISION, Long.toString(outcome.revision()))
                .build();
    }

    private static ResponseEntity<Object> planned(Outcome outcome) {
        return planned(outcome.plan().orElseThrow());
    }

    /** The answer of a dry run. */
    public static ResponseEntity<Object> planned(Plan plan) {
        return planned(PlanBody.of(plan));
    }

    /** The answer of a dry run. */
    public static ResponseEntity<Object> planned(PlanBody plan) {
        return ResponseEntity.ok()
                .header(CHANGED, "false")
                .header(REVISION, Long.toString(plan.baseRevision()))
                .body(plan);
    }
}

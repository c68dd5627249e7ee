package io.makolb.web.http;

import io.makolb.balancer.Precondition;
import io.makolb.balancer.Submission;
import io.makolb.model.Change;
import io.makolb.web.strict.QueryNames;

/**
 * What comes with every write beside its body.
 *
 * @param precondition from If-Match and If-None-Match
 * @param author who asks
 * @param message X-Change-Message; may be empty
 * @param dryRun only say what would happen
 * @param force override the rules that can be overridden
 */
@QueryNames({"dryRun", "force"})
public record WriteCall(Precondition precondition, String author, String message, boolean dryRun, boolean force) {

    Submission with(Change change) {
        return new Submission(change, precondition, author, message, dryRun, force);
    }
}

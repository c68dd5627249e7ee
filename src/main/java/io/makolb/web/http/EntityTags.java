package io.makolb.web.http;

import io.makolb.balancer.Precondition;
import io.makolb.balancer.Snapshot;
import io.makolb.model.ResourceKey;
import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Entity tags (RFC 9110 section 8.8.3): strong, the revision of the last change to a resource. Here they are only read and
 * written; whether the precondition of a write holds is decided by the writer.
 */
public final class EntityTags {

    private static final Pattern TAG = Pattern.compile("\\G[ \\t]*(W/)?\"([\\x21\\x23-\\x7e]*)\"[ \\t]*(?:,|$)");
    private static final Pattern REVISION = Pattern.compile("0|[1-9][0-9]{0,17}");

    private EntityTags() {}

    /** The tag of a resource, in quotes. */
    public static String of(Snapshot snapshot, ResourceKey resource) {
        long revision = resource instanceof ResourceKey.OfConfiguration
                ? snapshot.revision()
                : snapshot.tags().of(resource);
        return "\"" + revision + "\"";
    }

    /**
     * What the headers of a write demand.
     *
     * @throws ProblemException malformed-header
     */
    static Precondition precondition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifMatch != null && ifNoneMatch != null) {
            throw malformed("If-Match and If-None-Match contradict each other.", "Send one of them.");
        }
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.trim().equals("*")) {
                throw malformed(
                        "If-None-Match of a write is '" + ifNoneMatch + "'.",
                        "Only If-None-Match: * has a meaning here: create, do not replace.");
            }
            return new Precondition.IfAbsent();
        }
        if (ifMatch == null) {
            return new Precondition.None();
        }
        return ifMatch.trim().equals("*") ? new Precondition.IfExists() : new Precondition.IfMatch(revisions(ifMatch));
    }

    /** Whether If-Match of a read names the tag of what is there; what is no tag names nothing. */
    static boolean matches(String ifMatch, String tag) {
        return Arrays.stream(ifMatch.split(","))
                .map(String::strip)
                .anyMatch(demanded -> demanded.equals("*") || demanded.equals(tag));
    }

    /** The refusal of a read that demands another tag. */
    static ProblemException stale(String tag) {
        return new ProblemException(
                        ProblemName.STALE_ETAG,
                        "The resource is not what If-Match demands: its tag is " + tag + ".",
                        "Read it without If-Match.")
                .withHeader(HttpHeaders.ETAG, tag);
    }

    /** Tags that can never match, weak or not ours, are left out: then nothing matches, which the writer refuses. */
    private static Set<Long> revisions(String header) {
        Set<Long> revisions = new HashSet<>();
        Matcher tag = TAG.matcher(header);
        int end = 0;
        while (end < header.length() && tag.find()) {
            end = tag.end();
            if (tag.group(1) == null && REVISION.matcher(tag.group(2)).matches()) {
                revisions.add(Long.parseLong(tag.group(2)));
            }
        }
        if (end < header.length() || header.isBlank() || header.stripTrailing().endsWith(",")) {
            throw malformed(
                    "If-Match is '" + header + "', which is no list of entity tags.",
                    "Send the tag with its double quotes, as ETag gave it: If-Match: \"17\".");
        }
        return revisions;
    }

    private static ProblemException malformed(String detail, String remedy) {
        return new ProblemException(ProblemName.MALFORMED_HEADER, detail, remedy);
    }
}

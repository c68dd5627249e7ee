package io.makolb.web.problem;

import io.makolb.model.Reason;
import java.util.Locale;

/** The catalogue of problems. Names and status codes are part of the API's contract. */
public enum ProblemName {
    MALFORMED_JSON(
            400,
            "The body is not the JSON that was expected",
            "The body is no JSON, or a member has another JSON type than the API's: a fraction or a text where an integer stands,"
                    + " an object where a list stands.",
            "A template that quotes numbers, a comma too many, a shell that ate the quotes.",
            "Send the type that the API description names; 'errors' points at the member."),
    UNKNOWN_FIELD(
            400,
            "The body has a member that the API does not know",
            "Unknown members are refused, so that a mistyped one is not silently without effect.",
            "A misspelt name, or a member of a later version.",
            "Correct or remove the member that 'errors' points at."),
    DUPLICATE_FIELD(
            400,
            "The body names a member twice",
            "A JSON object must name each member once; what a duplicate means differs between readers.",
            "Two templates merged as text.",
            "Remove one of the two."),
    UNKNOWN_PARAMETER(
            400,
            "The query has an unknown or repeated parameter",
            "Every route refuses parameters it does not know, so that a mistyped ?dryrun=true does not execute.",
            "A misspelt parameter: names are case-sensitive.",
            "Correct the name; the detail lists those that are known."),
    MALFORMED_ID(
            400,
            "The URL does not name a resource of this kind",
            "A part of the path is not in the form that identifies such a resource.",
            "Colons or slashes where hyphens and underscores stand.",
            "A VIP is address, port and protocol: 10.200.1.1-80-tcp or fc00:1::1-443-udp."),
    MALFORMED_HEADER(
            400,
            "A header is not in its standard form",
            "If-Match takes entity tags in double quotes or *, If-None-Match of a write takes * only.",
            "A tag without its quotes, or quotes eaten by the shell.",
            "Send the tag as it was answered: -H 'If-Match: \"17\"'."),
    BAD_REQUEST(
            400,
            "The request is not well-formed",
            "The request could not be understood as HTTP, or lacks something every request of its kind has.",
            "A URL with characters that must be escaped, a body where none is taken, a proxy that cuts requests short.",
            "Correct what the detail names; 'curl -v' shows what is really sent."),
    FOREIGN_ORIGIN(
            403,
            "A page of another site sent this request",
            "Without authentication, requests that a browser sends for a page of another site are refused.",
            "A web page that is not this server's own tries to use it.",
            "Use the API from this machine, outside of other sites' pages."),
    NOT_FOUND(
            404,
            "There is no such resource",
            "The path, or the resource that a part of the path names, does not exist.",
            "A resource that was deleted or never created.",
            "The detail says which part is missing; list the collection above it."),
    METHOD_NOT_ALLOWED(
            405,
            "The resource does not have this method",
            "The path exists, the method does not.",
            "POST to a single resource, or PUT to a list.",
            "Use one of the methods in the Allow header."),
    NOT_ACCEPTABLE(
            406,
            "The answer has no form that the client accepts",
            "The Accept header excludes every media type of this route.",
            "A client that asks for XML or HTML.",
            "Accept application/json."),
    REQUEST_TIMEOUT(
            408,
            "The request did not arrive in time",
            "The connection stood still for 20 seconds before the whole body had come. Nothing was changed.",
            "A client that hung, or a Content-Length larger than the body.",
            "Send it again; check that Content-Length is the number of bytes in the body."),
    ALREADY_EXISTS(
            409,
            "The resource exists already",
            "POST creates; it never replaces.",
            "The same request sent twice, or two operators at once.",
            "Replace it with PUT."),
    FOREIGN_PLANE(
            409,
            "The forwarding plane belongs to another configuration",
            "What packets obey was written by another store, or by a later state of this one. It forwards on; nothing is"
                    + " written until somebody decides.",
            "An empty, wrong or restored store.",
            "POST /api/v1/dataplane/adopt with {\"from\":\"KERNEL\"} or {\"from\":\"STORE\"}."),
    IN_USE(
            409,
            "The resource is in use",
            "Something else depends on it, or on what it would take away.",
            "Removal in the wrong order.",
            "The detail names what uses it."),
    SEVERAL_INTERFACES(
            409,
            "There are several interfaces",
            "The shorthand speaks of the only interface, and there are more.",
            "A second interface was configured.",
            "Use /api/v1/dataplane/interfaces/{name}."),
    NOT_ATTACHED(
            409,
            "The program is not attached",
            "The request needs the program on its interfaces.",
            "It was detached with DELETE /api/v1/dataplane/attachment.",
            "PUT /api/v1/dataplane/attachment."),
    STALE_ETAG(
            412,
            "The resource is not in the state that was demanded",
            "If-Match or If-None-Match did not hold when the writer came to this change.",
            "Somebody else changed the resource after it was read.",
            "Read it again, decide again, and send its new ETag."),
    BODY_TOO_LARGE(
            413,
            "The body is too large",
            "Bodies have a limit: 1 MiB, or 64 MiB for /config.",
            "A whole configuration sent to a single resource.",
            "Send it to /api/v1/config, or in parts."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body's media type is not understood here",
            "Writes take application/json, PATCH takes application/merge-patch+json.",
            "curl -d without -H 'Content-Type: application/json'.",
            "Send the right Content-Type."),
    FOREIGN_HOST(
            421,
            "The request was meant for another host",
            "Without authentication the server answers only under the names of this machine's loopback, so that no web page can"
                    + " reach it by pointing a name of its own at 127.0.0.1.",
            "A host name, or a reverse proxy that forwards the Host header.",
            "Use http://localhost or http://127.0.0.1."),
    INVALID_VALUE(
            422,
            "A value cannot be used",
            "The request was understood, and a value in it is out of range or senseless.",
            "A number out of range, a misspelt flag, an address that nobody else can reach.",
            "Correct the members that 'errors' points at."),
    KEY_MISMATCH(
            422,
            "Body and URL name different resources",
            "The URL is the identity; members of the body that repeat it must agree.",
            "A body copied from another resource.",
            "Leave the key members out of the body."),
    WRONG_FAMILY(
            422,
            "Address families do not fit",
            "An IPv6 VIP cannot have an IPv4 real: there is no encapsulation for that.",
            "A real with two addresses, and the wrong one given.",
            "Give the real's IPv6 address."),
    HOST_BITS(
            422,
            "The prefix has host bits",
            "A prefix must have zeros behind its length.",
            "An address with a length behind it.",
            "Write the spelling that the remedy gives."),
    PARTIAL_COLLECTION(
            422,
            "This is only a part of a set",
            "A page was put where a whole set is expected; the rest would be removed.",
            "The answer of a GET with ?limit was sent back.",
            "Read the set without ?limit, or follow 'next' to the end and join the pages."),
    DUPLICATE_MEMBER(
            422,
            "A member of the set is named twice",
            "Two members of a list denote the same thing, perhaps in different spellings.",
            "Two lists joined.",
            "Name each once."),
    FEATURE_OFF(
            422,
            "The feature is not available",
            "The request needs something that was not switched on when the program was loaded, or that Mako lacks.",
            "A property with its default.",
            "Follow the remedy: it names the property to set before a restart, or the way without."),
    TOO_DISRUPTIVE(
            422,
            "The change would disturb too much",
            "This version never answers it. The change would move more traffic than allowed.",
            "Many changes in one request.",
            "Look at the plan with ?dryRun=true, and change in smaller steps."),
    PRECONDITION_REQUIRED(
            428,
            "A precondition is required",
            "mako.api.require-if-match is set: every write must say what state it expects.",
            "A client that does not send entity tags.",
            "Send If-Match with the resource's ETag, or If-None-Match: * to create it."),
    RATE_LIMITED(
            429,
            "Too many at once",
            "There is a limit to how many may do this at the same time.",
            "Streams that nobody closes.",
            "Close some, or wait as long as Retry-After says."),
    INTERNAL_ERROR(
            500,
            "Something failed that should not",
            "A defect in the control plane. Packets are not concerned.",
            "A bug.",
            "Read the resource to see what was done. The log of Mako has the cause; please report it."),
    WRITER_BUSY(
            503,
            "Too many changes are waiting",
            "The queue of the writer is full. Nothing was changed.",
            "A flood of single changes.",
            "Wait as long as Retry-After says; send many changes as one."),
    STORE_UNAVAILABLE(
            503,
            "The store cannot be written",
            "Nothing was changed.",
            "A full, read-only or broken disk.",
            "The detail has the store's own words."),
    PLANE_UNAVAILABLE(
            503,
            "The kernel does not take changes",
            "Earlier changes could not be put in force. Nothing was changed, packets are forwarded as before.",
            "The table of a program that somebody else removed, a lost interface, too little memory: the detail has the kernel's words.",
            "Wait as long as Retry-After says, and read /actuator/health."),
    OUTCOME_UNKNOWN(
            503,
            "Nobody can tell whether the change was made",
            "The answer did not come in time, or the store failed while it committed.",
            "A disk that stalls.",
            "Read the resource before trying again."),
    STARTING(
            503,
            "Mako is starting",
            "This version never answers it: the port opens when the start is done. The control plane still takes over what the kernel holds. Packets are forwarded.",
            "A restart.",
            "Wait as long as Retry-After says."),
    CAPACITY(
            507,
            "A limit is reached",
            "The forwarding plane has no room for this. Nothing was changed.",
            "More VIPs, reals or memberships than the plane was made for.",
            "Raise the property that the detail names, or remove something."),
    STORE_FULL(507, "The store is full", "Nothing was changed.", "A full disk.", "Free some space."),
    KERNEL_MEMORY(
            507,
            "The kernel has no memory for this",
            "Nothing was changed.",
            "A memory limit of the service's control group, or a small machine.",
            "Raise the limit, or choose smaller tables.");

    private static final String TYPE_PREFIX = "tag:makolb.io,2026:problem/";

    private final int status;
    private final String title;
    private final String meaning;
    private final String cause;
    private final String remedy;

    ProblemName(int status, String title, String meaning, String cause, String remedy) {
        this.status = status;
        this.title = title;
        this.meaning = meaning;
        this.cause = cause;
        this.remedy = remedy;
    }

    /** The problem that stands for a refusal. */
    public static ProblemName of(Reason reason) {
        return valueOf(reason.name());
    }

    /** The HTTP status it is answered with. */
    public int status() {
        return status;
    }

    /** What it is, without the particulars of one occurrence. */
    public String title() {
        return title;
    }

    /** What it means. */
    public String meaning() {
        return meaning;
    }

    /** What usually leads to it. */
    public String cause() {
        return cause;
    }

    /** What can be done about it in general. */
    public String remedy() {
        return remedy;
    }

    /** Its URI, the {@code type} of RFC 9457. */
    public String type() {
        return TYPE_PREFIX + this;
    }

    /** As in URLs: lower case with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

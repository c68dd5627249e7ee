package io.makolb.web.dataplane;

import io.makolb.balancer.Balancer;
import io.makolb.model.Refusal;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which side wins, in JSON. */
@Schema(name = "Adoption", description = "Which side wins when store and plane do not belong together")
record AdoptBody(
        @Schema(
                description =
                        "KERNEL: what packets obey becomes the configuration; STORE: the stored configuration becomes"
                                + " what packets obey",
                requiredMode = Schema.RequiredMode.REQUIRED)
        Balancer.@Nullable AdoptFrom from) {

    Balancer.AdoptFrom required() {
        if (from == null) {
            throw Refusal.invalid(
                    "/from",
                    "missing",
                    "The member 'from' is missing.",
                    "Send {\"from\":\"KERNEL\"} or {\"from\":\"STORE\"}.");
        }
        return from;
    }
}

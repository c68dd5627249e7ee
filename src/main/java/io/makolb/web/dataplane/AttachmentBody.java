package io.makolb.web.dataplane;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whether the program is to be on its interfaces, in JSON. */
@Schema(name = "Attachment", description = "Whether the program is to be on its interfaces")
public record AttachmentBody(
        @Schema(description = "false: detached", defaultValue = "true", example = "true") @Nullable Boolean attached) {

    /** Whether it is to be on them. */
    public boolean wanted() {
        return attached == null || attached;
    }
}

package io.makolb.web.bulk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Server ids in JSON: all, a page, or what became of as many lines. */
@Schema(
        name = "QuicServerIds",
        description = "Server ids, ordered; after a write of lines, how many they were",
        example = "{\"items\":[{\"id\":\"1001\",\"serverId\":1001,\"real\":\"10.0.0.1\"}]}")
record ServerIdsBody(
        @Schema(description = "The server ids; a write must send them, and a write of lines is answered without them")
        @Nullable Collection<ServerIdBody> items,

        @Schema(description = "Cursor of the page that follows; in a write: refused, a part cannot replace the whole")
        @Nullable String next,

        @Schema(description = "Present and true when this is a part of the set; refused in a write") @Nullable Boolean partial,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Lines that were read, in the answer to a write of lines", example = "3000000")
        @Nullable Integer accepted,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(description = "Whether they changed anything, in the answer to a write of lines", example = "true")
        @Nullable Boolean changed,

        @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        @Schema(
                description = "Revision of the configuration that a page shows, or that lines have led to",
                example = "17")
        @Nullable Long revision)
        implements BulkBodies<ServerIdBody> {}

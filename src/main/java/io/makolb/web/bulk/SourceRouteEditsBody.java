package io.makolb.web.bulk;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Several edits that are made together or not at all, in JSON. */
@Schema(
        name = "SourceRouteEdits",
        description = "What to put and what to remove, by key: all or nothing",
        example = "{\"upsert\":{\"192.168.0.0_16\":{\"real\":\"10.0.0.1\"}},\"remove\":[\"192.168.7.0_24\"]}")
record SourceRouteEditsBody(
        @Schema(description = "What to put or replace, by key") @Nullable Map<String, TargetBody> upsert,

        @Schema(description = "Keys to remove; one that is absent is no error") @Nullable List<String> remove) {}

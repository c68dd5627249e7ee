package io.makolb.web.openapi;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A member of a record that cannot be null is always there, and its schema says so. */
final class RequiredMembers implements ModelConverter {

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        JavaType java = type.getType() == null ? null : Json.mapper().constructType(type.getType());
        if (java != null && java.getRawClass().isRecord()) {
            Schema<?> model = context.getDefinedModels().get(Bodies.name(java.getRawClass()));
            if (model != null && model.getProperties() != null) {
                for (RecordComponent member : java.getRawClass().getRecordComponents()) {
                    if (isRequired(member) && model.getProperties().containsKey(member.getName())) {
                        require(model, member.getName());
                    }
                }
            }
        }
        return resolved;
    }

    private static void require(Schema<?> model, String name) {
        if (model.getRequired() == null || !model.getRequired().contains(name)) {
            model.addRequiredItem(name);
        }
    }

    private static boolean isRequired(RecordComponent member) {
        io.swagger.v3.oas.annotations.media.Schema described =
                member.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        if (described != null && described.requiredMode() != RequiredMode.AUTO) {
            return described.requiredMode() == RequiredMode.REQUIRED;
        }
        return !member.getAccessor().getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
    }
}

package io.makolb.walk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import io.makolb.client.model.Plan;

/**
 * Tells plans from representations. The generated client tries both and takes the one that can be read, but unknown members are
 * no obstacle for it, as later servers may send more of them. So only two of them are: those of a representation in a plan, and
 * that of a plan in a representation.
 */
final class PlanOrNot extends DeserializationProblemHandler {

    @Override
    public boolean handleUnknownProperty(
            DeserializationContext context, JsonParser parser, JsonDeserializer<?> reader, Object bean, String name)
            throws JsonMappingException {
        if (bean instanceof Plan || name.equals("baseRevision")) {
            throw JsonMappingException.from(parser, "'" + name + "' is no member of " + bean.getClass());
        }
        return false;
    }
}

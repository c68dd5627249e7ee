package io.makolb.web.strict;

import io.makolb.web.problem.ProblemException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON Merge Patch (RFC 7396): what is named is replaced, null returns a member to its default. */
@Component
public final class MergePatch {

    private final JsonMapper mapper;

    MergePatch(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Finds what is wrong with a patch whatever it will be applied to, so that nothing can go wrong later.
     *
     * @throws ProblemException unknown members or wrong types, at any depth
     */
    public void check(ObjectNode patch, Class<?> body) {
        read(probe(patch, mapper.constructType(body)), body);
    }

    /**
     * The patch as if it were a document. In a record a null must stay, so that an unknown name with null is found; in a map, whose
     * names are free, it means removal.
     */
    private JsonNode probe(JsonNode patch, JavaType type) {
        if (!(patch instanceof ObjectNode members)) {
            return patch;
        }
        ObjectNode probe = mapper.createObjectNode();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            if (!member.getValue().isNull()) {
                probe.set(member.getKey(), probe(member.getValue(), inside(type, member.getKey())));
            } else if (!type.isMapLikeType()) {
                probe.set(member.getKey(), member.getValue());
            }
        }
        return probe;
    }

    /** Type of a member; of an unknown one that of free names. */
    private JavaType inside(JavaType type, String member) {
        if (type.isMapLikeType()) {
            return type.getContentType();
        }
        if (type.getRawClass().isRecord()) {
            for (RecordComponent component : type.getRawClass().getRecordComponents()) {
                if (component.getName().equals(member)) {
                    return mapper.constructType(component.getGenericType());
                }
            }
        }
        return mapper.constructType(Map.class);
    }

    /** A representation with the patch applied. */
    public <B> B apply(B current, ObjectNode patch, Class<B> body) {
        return read(merged(mapper.valueToTree(current), patch), body);
    }

    private <B> B read(JsonNode tree, Class<B> body) {
        try {
            return mapper.treeToValue(tree, body);
        } catch (JacksonException e) {
            throw JsonFaults.problem(e);
        }
    }

    private JsonNode merged(@Nullable JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode members)) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : mapper.createObjectNode();
        for (Map.Entry<String, JsonNode> member : members.properties()) {
            if (member.getValue().isNull()) {
                result.remove(member.getKey());
            } else {
                result.set(member.getKey(), merged(result.get(member.getKey()), member.getValue()));
            }
        }
        return result;
    }
}

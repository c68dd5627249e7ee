package io.makolb.web.strict;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/**
 * Texts must be Unicode (RFC 7493 section 2.1): JSON can escape half of a surrogate pair, which no UTF-8 can carry, so that other
 * readers of the configuration would refuse or change it.
 */
final class WholeText extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;
    private static final int REPLACEMENT = 0xfffd;

    private WholeText() {
        super(String.class);
    }

    static JacksonModule module() {
        return new SimpleModule("whole-text")
                .addDeserializer(String.class, new WholeText())
                .addKeyDeserializer(String.class, new Name());
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        return whole(StringDeserializer.instance.deserialize(parser, context), context);
    }

    private static String whole(String text, DeserializationContext context) {
        if (text != null && text.codePoints().anyMatch(WholeText::isHalf)) {
            throw context.weirdStringException(text, String.class, "half a surrogate pair");
        }
        return text;
    }

    /** The text as an answer can show it: halves give way to the replacement character. */
    static String repaired(String text) {
        return text.codePoints()
                .map(point -> isHalf(point) ? REPLACEMENT : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHalf(int point) {
        return Character.getType(point) == Character.SURROGATE;
    }

    /** Reads the names of members that are free text, as those of labels. */
    private static final class Name extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return whole(key, context);
        }
    }
}

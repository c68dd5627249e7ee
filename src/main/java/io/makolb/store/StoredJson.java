package io.makolb.store;

import io.makolb.model.Address;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** How values of the model lie in the database. */
final class StoredJson {

    private StoredJson() {}

    /** Writes and reads all that is stored. */
    static JsonMapper mapper() {
        SimpleModule texts = new SimpleModule()
                .addSerializer(Address.class, ToStringSerializer.instance)
                .addDeserializer(Address.class, new AddressReader());
        return JsonMapper.builder().addModule(texts).build();
    }

    private static final class AddressReader extends FromStringDeserializer<Address> {
        private AddressReader() {
            super(Address.class);
        }

        @Override
        protected Address _deserialize(String text, DeserializationContext context) {
            return Address.parse(text);
        }
    }
}

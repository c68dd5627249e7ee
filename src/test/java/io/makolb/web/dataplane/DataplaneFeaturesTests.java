package io.makolb.web.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.ForwardingProperties;
import io.makolb.plane.PlaneFeatures;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataplaneFeaturesTests {

    @Test
    void everySwitchOfThePropertiesIsToldUnderItsName() {
        assertThat(DataplaneBody.Features.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsAll(switches(ForwardingProperties.class))
                .contains("encapsulation", "inlineDecap");
    }

    @Test
    void eachIsToldByItself() throws ReflectiveOperationException {
        List<String> told = new ArrayList<>();
        for (String name : switches(PlaneFeatures.class)) {
            List<String> changed = differences(
                    DataplaneBody.Features.of(PlaneFeatures.DEFAULT), DataplaneBody.Features.of(with(name)));
            assertThat(changed).as(name).hasSize(1);
            told.addAll(changed);
        }

        assertThat(told).containsExactlyInAnyOrderElementsOf(switches(DataplaneBody.Features.class));
    }

    /** The defaults but for one switch. */
    private static PlaneFeatures with(String name) throws ReflectiveOperationException {
        RecordComponent[] components = PlaneFeatures.class.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = components[i].getAccessor().invoke(PlaneFeatures.DEFAULT);
            if (components[i].getName().equals(name)) {
                values[i] = !(boolean) values[i];
            }
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return PlaneFeatures.class.getConstructor(types).newInstance(values);
    }

    private static List<String> differences(Record one, Record other) throws ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        for (RecordComponent component : one.getClass().getRecordComponents()) {
            Object left = component.getAccessor().invoke(one);
            Object right = component.getAccessor().invoke(other);
            if (left != null && !left.equals(right)) {
                names.add(component.getName());
            }
        }
        return names;
    }

    private static List<String> switches(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getType() == boolean.class)
                .map(RecordComponent::getName)
                .toList();
    }
}

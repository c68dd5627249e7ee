package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaneFeaturesTests {

    /** Properties that are numbers or addresses to the program: whatever they are, it has the same instructions. */
    private static final Set<String> PARAMETERS = Set.of(
            "guePort",
            "encapSourceV4",
            "encapSourceV6",
            "ipipSourcePrefixV4",
            "ipipSourcePrefixV6",
            "maxFrameSize",
            "icmpTooBigRate",
            "hashSeedVips",
            "hashSeedRing",
            "udpTimeout",
            "maxNewConnections",
            "defaultHashFunction");

    @ParameterizedTest
    @EnumSource
    void whateverIsSwitchedIsKnown(LoadTimeFeature feature) {
        PlaneFeatures defaults = features(Map.of());

        for (String value : feature.choices()) {
            PlaneFeatures features = features(Map.of(feature, value));
            if (feature.isDefault(value)) {
                assertThat(features).isEqualTo(defaults);
            } else {
                assertThat(features).as(value).isNotEqualTo(defaults);
            }
        }
    }

    /** So that a new property cannot be forgotten where features are tried with each other. */
    @Test
    void everyPropertyIsAFeatureOrAParameter() {
        Set<String> known = new HashSet<>(PARAMETERS);
        for (LoadTimeFeature feature : LoadTimeFeature.values()) {
            known.add(camelCase(feature.property()));
        }

        assertThat(ForwardingProperties.class.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsExactlyInAnyOrderElementsOf(known);
        Map<LoadTimeFeature, String> nothing = Map.of();
        ForwardingProperties defaults = LoadTimeFeature.properties(nothing);
        Map<LoadTimeFeature, String> first = new TreeMap<>();
        Arrays.stream(LoadTimeFeature.values())
                .forEach(feature -> first.put(feature, feature.choices().get(0)));
        assertThat(LoadTimeFeature.properties(first)).isEqualTo(defaults);
    }

    private static String camelCase(String property) {
        StringBuilder name = new StringBuilder();
        for (String word : property.split("-")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase() + word.substring(1));
        }
        return name.toString();
    }

    private static PlaneFeatures features(Map<LoadTimeFeature, String> chosen) {
        return PlaneFeatures.of(TestProperties.dataplane(Path.of("/")), LoadTimeFeature.properties(chosen));
    }
}

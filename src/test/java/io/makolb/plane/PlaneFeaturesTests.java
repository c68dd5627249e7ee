package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaneFeaturesTests {

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

    private static PlaneFeatures features(Map<LoadTimeFeature, String> chosen) {
        return PlaneFeatures.of(TestProperties.dataplane(Path.of("/")), LoadTimeFeature.properties(chosen));
    }
}

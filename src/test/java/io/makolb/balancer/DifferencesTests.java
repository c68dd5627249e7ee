package io.makolb.balancer;

import static io.makolb.balancer.Configurations.member;
import static io.makolb.balancer.Configurations.real;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.balancer.Difference.Kind;
import io.makolb.model.AttachMode;
import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.RealAttributes;
import io.makolb.model.Refusal;
import io.makolb.model.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferencesTests {

    private Configuration configuration = Configuration.EMPTY;
    private RevisionTags tags = RevisionTags.of(0, Map.of(), Map.of());

    private List<Difference> apply(Change change) {
        Configuration before = configuration;
        configuration = change.applyTo(before);
        List<Difference> differences = Differences.between(before, configuration);
        if (!differences.isEmpty()) {
            tags = tags.after(tags.revision() + 1, differences, before, configuration);
        }
        return differences;
    }

    private static Difference difference(Kind kind, ResourceKey key) {
        return new Difference(kind, key);
    }

    @Test
    void aMemberIsADifferenceOfItsSetButNotOfItsVip() {
        apply(Configurations.putVip(1));

        assertThat(apply(Configurations.putMember(1, 1, 1)))
                .containsExactly(
                        difference(Kind.CHANGED, new ResourceKey.OfMembers(vip(1))),
                        difference(Kind.CREATED, new ResourceKey.OfMembership(vip(1), real(1))));
        assertThat(apply(Configurations.putMember(1, 1, 2)))
                .containsExactly(
                        difference(Kind.CHANGED, new ResourceKey.OfMembers(vip(1))),
                        difference(Kind.CHANGED, new ResourceKey.OfMembership(vip(1), real(1))));
        assertThat(apply(Configurations.putMember(1, 1, 2))).isEmpty();
    }

    @Test
    void aVipComesAndGoesWithEverythingInIt() {
        assertThat(apply(Configurations.replace(Configurations.grid(1, 1, 9))))
                .extracting(Difference::kind)
                .containsOnly(Kind.CREATED)
                .hasSize(4);
        assertThat(apply(new Change.DeleteVip(vip(1))))
                .extracting(Difference::kind)
                .containsOnly(Kind.DELETED)
                .hasSize(4);
        assertThat(tags.all()).isEmpty();
    }

    @Test
    void realsInterfacesAndTheAttachmentDiffer() {
        InterfaceSettings generic = new InterfaceSettings(Optional.of(AttachMode.GENERIC), Optional.empty());

        assertThat(apply(new Change.PutReal(real(1), new RealAttributes(true))))
                .containsExactly(difference(Kind.CREATED, new ResourceKey.OfReal(real(1))));
        assertThat(apply(new Change.PutInterface("eth0", generic)))
                .containsExactly(difference(Kind.CREATED, new ResourceKey.OfInterface("eth0")));
        assertThat(apply(new Change.SetAttachment(false)))
                .containsExactly(difference(Kind.CHANGED, new ResourceKey.OfAttachment()));
    }

    @Test
    void aTagIsNeverGivenTwice() {
        apply(new Change.PutReal(real(1), new RealAttributes(true)));
        apply(new Change.PutReal(real(1), RealAttributes.DEFAULT));

        assertThat(tags.of(new ResourceKey.OfReal(real(1)))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void tagsNameTheRevisionOfTheLastChangeToEachResource(long seed) {
        Random random = new Random(seed);
        Map<ResourceKey, Long> expected = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            List<Difference> differences;
            RevisionTags before = tags;
            try {
                differences = apply(Configurations.random(random, configuration));
            } catch (Refusal refusal) {
                continue;
            }
            for (Difference difference : differences) {
                assertThat(before.of(difference.resource())).isLessThan(tags.revision());
                if (difference.kind() == Kind.DELETED) {
                    expected.remove(difference.resource());
                } else {
                    expected.put(difference.resource(), tags.revision());
                }
            }
            assertThat(tags.all()).isEqualTo(expected);
            assertThat(RevisionTags.of(tags.revision(), tags.all(), Map.of())).isEqualTo(tags);
        }
        assertThat(expected).isNotEmpty();
    }

    @Test
    void equalConfigurationsThatShareNothingDoNotDiffer() {
        assertThat(Differences.between(Configurations.grid(20, 5, 30), Configurations.grid(20, 5, 30)))
                .isEmpty();
        assertThat(member(1, 1)).isEqualTo(member(1, 1));
    }
}

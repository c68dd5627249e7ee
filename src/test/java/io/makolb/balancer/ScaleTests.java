package io.makolb.balancer;

import static io.makolb.balancer.Configurations.grid;
import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.replace;
import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.plane.PlaneLimits;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest configurations: what they do, not how long it takes; ./bench tells that. */
class ScaleTests {

    private static final PlaneLimits LARGE = new PlaneLimits(4096, 65_535, 131_072, 65_537, 6, 10_000);

    @TempDir
    private Path directory;

    @Test
    void fourThousandVipsAreReplacedChangedAndReadBack() {
        try (Balancers balancers = Balancers.start(directory, LARGE)) {
            assertThat(balancers.apply(replace(grid(4096, 16, 65_000))).changed())
                    .isTrue();
            int writes = balancers.kernel().writes();

            assertThat(balancers.apply(replace(grid(4096, 16, 65_000))).changed())
                    .isFalse();
            assertThat(balancers.kernel().writes()).isEqualTo(writes);

            Outcome one = balancers.apply(putMember(4000, 1, 77));
            assertThat(balancers.kernel().writes() - writes).isEqualTo(2);
            assertThat(balancers.restart().balancer().snapshot()).isEqualTo(one.snapshot());
        }
    }
}

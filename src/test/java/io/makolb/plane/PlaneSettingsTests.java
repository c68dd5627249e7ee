package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.plane.MapLayout.Settings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaneSettingsTests {

    private static final long MEBIBYTE = 1 << 20;

    @Test
    void defaultsAreThoseTheProgramIsCompiledWith() {
        ByteBuffer cfg = ByteBuffer.wrap(
                        PlaneSettings.of(defaultSizes(), TestMachine.FORWARDING, PlaneFeatures.DEFAULT, 250, false)
                                .bytes())
                .order(ByteOrder.LITTLE_ENDIAN);

        // The initial values of cfg in bpf/maps.h.
        assertThat(cfg.getInt(Settings.RING_SIZE)).isEqualTo(65_537);
        assertThat(cfg.getInt(Settings.HASH_SEED)).isEqualTo(512 * 65_537);
        assertThat(cfg.getInt(Settings.HASH_SEED_V6)).isEqualTo(512);
        assertThat(cfg.getInt(Settings.STAMP_SHIFT)).isEqualTo(4);
        assertThat(cfg.getInt(Settings.UDP_TIMEOUT)).isEqualTo(469);
        assertThat(cfg.getInt(Settings.REFRESH_AFTER)).isEqualTo(16);
        assertThat(cfg.getInt(Settings.MAX_NEW_CONNECTIONS)).isEqualTo(125_000);
        assertThat(cfg.getInt(Settings.MAX_FRAME_SIZE)).isEqualTo(1514);
        assertThat(cfg.getInt(Settings.TOO_BIG_RATE)).isEqualTo(1000);
        assertThat(cfg.getInt(Settings.OUTER_V4_PREFIX)).isEqualTo(0x000010ac);
        assertThat(cfg.getInt(Settings.OUTER_V6_PREFIX)).isEqualTo(1);
        assertThat(cfg.getLong(Settings.OUTER_V6_PREFIX + 4)).isZero();
        assertThat(cfg.getInt(Settings.OUTER_V4_CSUM)).isEqualTo(0x0045 + 0x0440 + 0x10ac);
        assertThat(cfg.getShort(Settings.GUE_PORT)).isEqualTo((short) 0xc017);
        assertThat(cfg.get(Settings.ENCAPSULATION)).isZero();
        assertThat(cfg.get(Settings.PER_INTERFACE_GATEWAY)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"100, 3, 375", "250, 4, 469", "300, 4, 563", "1000, 6, 469"})
    void timeStampsHaveAUnitOfAbout64Milliseconds(int hertz, int shift, int udpTimeout) {
        assertThat(PlaneSettings.stampShift(hertz)).isEqualTo(shift);
        assertThat(PlaneSettings.stampUnits(Duration.ofSeconds(30), hertz, shift))
                .isEqualTo(udpTimeout);
    }

    @Test
    void anySettingAndAnyObjectHaveTheirOwnDigest() {
        PlaneSettings settings =
                PlaneSettings.of(defaultSizes(), TestMachine.FORWARDING, PlaneFeatures.DEFAULT, 250, false);
        PlaneSettings others =
                PlaneSettings.of(defaultSizes(), TestMachine.FORWARDING, PlaneFeatures.DEFAULT, 250, true);
        byte[] object = {1, 2, 3};

        assertThat(settings.digest(object)).hasSize(32).isEqualTo(settings.digest(object.clone()));
        assertThat(settings.digest(object)).isNotEqualTo(others.digest(object));
        assertThat(settings.digest(object)).isNotEqualTo(settings.digest(new byte[] {1, 2}));
    }

    @Test
    void theDefaultSizesStayBelowTheMemoryTarget() {
        assertThat(defaultSizes().bytes()).isBetween(400 * MEBIBYTE, 500 * MEBIBYTE);
    }

    @Test
    void tablesThatDoNotFitAreRefusedBeforeAnythingIsAllocated() {
        MemoryEstimate.check(defaultSizes(), 500 * MEBIBYTE);

        assertThatExceptionOfType(PlaneStartException.class)
                .isThrownBy(() -> MemoryEstimate.check(defaultSizes(), 300 * MEBIBYTE))
                .withMessageContaining("only 300 MiB are available")
                .withMessageContaining("mako.dataplane.connection-table-size (8000000)");
    }

    @Test
    void availableMemoryIsTheKernelsEstimate() {
        assertThat(MemoryEstimate.available(List.of("MemTotal:  100 kB", "MemFree: 5 kB", "MemAvailable:   42 kB")))
                .isEqualTo(42 * 1024);
    }

    private static PlaneSizes defaultSizes() {
        BitSet cores = new BitSet();
        cores.set(0, 2);
        return new PlaneSizes(512, 4096, 65_537, 8_000_000, cores, 2, 6, 0, 0, false);
    }
}

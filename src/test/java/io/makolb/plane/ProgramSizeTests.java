package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.libbpf.BpfProgramInfo;
import io.makolb.sandbox.BpfTest;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the verifier and the JIT make of the balancer, with each of its features. {@code make -C bpf verify} shows the table. */
@BpfTest
class ProgramSizeTests {

    /** The verifier gives up at a million. The rest is for kernels that walk more of the same program. */
    private static final int MOST_WALKED = 700_000;

    /** With nothing switched on: what every packet of every installation runs through. */
    private static final int MOST_WALKED_BY_DEFAULT = 60_000;

    /** Of them, 7000 are functions that only packets of QUIC VIPs call. */
    private static final int MOST_BYTES_BY_DEFAULT = 43_000;

    private static final String TWO_INTERFACES = TestMachine.INTERFACE + ",second";

    private TestMachine machine;

    @BeforeEach
    void createMachine() throws Exception {
        machine = new TestMachine();
        machine.network().addVeth("second", "another");
    }

    @AfterEach
    void removeMachine() {
        machine.close();
    }

    @Test
    void thereIsRoomForAllFeaturesTogetherAndNoneIsPaidForByDefault() {
        BpfProgramInfo plain = load(Map.of());
        System.out.printf("%-36s %12s %14s %14s%n", "balancer with", "insns walked", "xlated bytes", "jited bytes");
        print("defaults", plain);
        print("several interfaces", load(Map.of(), TWO_INTERFACES));
        Map<LoadTimeFeature, String> everything = new EnumMap<>(LoadTimeFeature.class);
        for (LoadTimeFeature feature : LoadTimeFeature.values()) {
            everything.put(feature, feature.fullest());
            for (String value : feature.choices()) {
                if (!feature.isDefault(value)) {
                    print(feature.property() + "=" + value, load(Map.of(feature, value)));
                }
            }
        }
        BpfProgramInfo full = load(everything, TWO_INTERFACES);
        print("everything", full);

        assertThat(full.verifiedInstructions()).isLessThanOrEqualTo(MOST_WALKED);
        assertThat(plain.verifiedInstructions()).isLessThanOrEqualTo(MOST_WALKED_BY_DEFAULT);
        assertThat(plain.translatedBytes()).isLessThanOrEqualTo(MOST_BYTES_BY_DEFAULT);
    }

    /** A parameter of what is off is an instruction of nothing. */
    @Test
    void whatIsOffHasNoInstructionWhateverItsParameters() {
        BpfProgramInfo plain = load(Map.of());
        Map<LoadTimeFeature, String> off = new EnumMap<>(LoadTimeFeature.class);
        for (LoadTimeFeature feature : LoadTimeFeature.values()) {
            off.put(feature, feature.choices().get(0));
        }

        assertThat(size(load(off))).isEqualTo(size(plain));
        off.put(LoadTimeFeature.STRICT_DECAP, "true");
        assertThat(size(load(off))).as("strict, with nothing to undo").isEqualTo(size(plain));
    }

    private BpfProgramInfo load(Map<LoadTimeFeature, String> chosen) {
        return load(chosen, TestMachine.INTERFACE);
    }

    private BpfProgramInfo load(Map<LoadTimeFeature, String> chosen, String interfaces) {
        DataplaneProperties dataplane = TestProperties.dataplane(
                machine.pins(), "interfaces", interfaces, "max-vips", 64, "connection-table-size", 4_000);
        try (KernelPlane plane = machine.open(dataplane, LoadTimeFeature.properties(chosen))) {
            return plane.runningProgram().info();
        }
    }

    private static int size(BpfProgramInfo info) {
        return info.translatedBytes();
    }

    private static void print(String what, BpfProgramInfo info) {
        System.out.printf(
                "%-36s %12d %14d %14d%n", what, info.verifiedInstructions(), info.translatedBytes(), info.jitedBytes());
    }
}

package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.linux.ClockTicks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The connection table of the first CPU for one family, whose connections can be made older than they are: silence that would
 * take an hour is over at once.
 *
 * @param pin where the table is
 * @param size of an entry
 * @param tail where in an entry VIP, real and stamp begin
 */
record AgingFlows(Path pin, int size, int tail) {

    private static final int REAL = 2;
    private static final int STAMP = 4;

    static List<AgingFlows> of(Path pins) {
        return Stream.of(
                        new AgingFlows(
                                pins.resolve(PlaneMaps.FLOW4 + "_0"), MapLayout.Flow.V4_SIZE, MapLayout.Flow.V4_TAIL),
                        new AgingFlows(
                                pins.resolve(PlaneMaps.FLOW6 + "_0"), MapLayout.Flow.V6_SIZE, MapLayout.Flow.V6_TAIL),
                        new AgingFlows(
                                pins.resolve(PlaneMaps.FLOW_TO + "_0"), MapLayout.Flow.TO_SIZE, MapLayout.Flow.TO_TAIL))
                .filter(table -> Files.exists(table.pin()))
                .toList();
    }

    void age(Duration time) {
        int hertz = ClockTicks.hertz();
        int units = PlaneSettings.stampUnits(time, hertz, PlaneSettings.stampShift(hertz));
        try (BpfMap map = BpfMap.openPinned(pin);
                BpfMapMemory memory = map.memory()) {
            for (long entry = tail; entry < memory.size(); entry += size) {
                if (memory.getShortAcquire(entry + REAL) != 0) {
                    memory.setIntRelease(entry + STAMP, memory.getIntAcquire(entry + STAMP) - units);
                }
            }
        }
    }
}

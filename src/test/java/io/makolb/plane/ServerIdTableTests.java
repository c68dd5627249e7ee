package io.makolb.plane;

import static io.makolb.plane.PlaneScene.LIMITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.makolb.libbpf.BpfMap;
import io.makolb.sandbox.BpfTest;
import java.nio.file.Files;
import java.util.BitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Server ids in the kernel: pages come when they are needed, and stay for the next process. */
@BpfTest
class ServerIdTableTests {

    private static final int PAGE_BYTES = 128 << 10;
    private static final int LAST = 0x00fffffd;

    private TestMachine machine;
    private KernelPlane plane;

    @BeforeEach
    void begin() throws Exception {
        machine = new TestMachine();
        plane = machine.open(machine.properties(LIMITS));
    }

    @AfterEach
    void end() {
        plane.close();
        machine.close();
    }

    @Test
    void aPlaneWithoutIdsHasNoPages() {
        assertThat(ids().pages().isEmpty()).isTrue();
        assertThat(ids().get(1)).isZero();
        assertThat(ids().get(LAST)).isZero();
    }

    @Test
    void pagesTakeMemoryWhereIdsAreUsed() {
        long without = machine.fromInside(plane).facts().memoryBytes();

        ids().prepare(pages(0, 1, 255));
        ids().prepare(pages(0, 255));

        assertThat(ids().pages()).isEqualTo(pages(0, 1, 255));
        assertThat(machine.fromInside(plane).facts().memoryBytes()).isEqualTo(without + 3 * PAGE_BYTES);
        assertThat(machine.pins().resolve("server-ids-00")).exists();
        assertThat(machine.pins().resolve("server-ids-ff")).exists();
        assertThat(machine.pins().resolve("server-ids-02")).doesNotExist();
    }

    @Test
    void everyIdHasAPlaceOfItsOwn() {
        ids().prepare(pages(0, 1, 255));

        put(1, 7);
        put(0xffff, 65_535);
        put(0x10000, 8);
        put(LAST, 9);

        assertThat(ids().get(1)).isEqualTo(7);
        assertThat(ids().get(2)).isZero();
        assertThat(ids().get(0xffff)).isEqualTo(65_535);
        assertThat(ids().get(0x10000)).isEqualTo(8);
        assertThat(ids().get(0x10001)).isZero();
        assertThat(ids().get(LAST)).isEqualTo(9);

        put(0x10000, 0);
        assertThat(ids().get(0x10000)).isZero();
    }

    @Test
    void idsBeyondTheEndsAreRefused() {
        for (int id : new int[] {0, -1, LAST + 1}) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ids().get(id));
        }
        ids().prepare(pages(0));
        try (ServerIdTable.Page page = ids().page(0)) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> page.put(0x10000, 1));
        }
    }

    @Test
    void theNextProcessFindsThem() {
        ids().prepare(pages(0, 17));
        put(1, 7);
        put(17 << 16, 8);

        reopen();

        assertThat(plane.writes()).isZero();
        assertThat(ids().pages()).isEqualTo(pages(0, 17));
        assertThat(ids().get(1)).isEqualTo(7);
        assertThat(ids().get(17 << 16)).isEqualTo(8);
    }

    /** A process that dies between pinning a page and putting it in force leaves a page that no packet finds. */
    @Test
    void aPageThatPacketsDoNotFindIsMadeAnew() throws Exception {
        ids().prepare(pages(0, 17));
        put(1, 7);
        put(17 << 16, 8);
        plane.close();
        try (BpfMap outer = BpfMap.openPinned(machine.pins().resolve(PlaneMaps.SERVER_IDS))) {
            outer.delete(0);
        }
        Files.delete(machine.pins().resolve("server-ids-11"));

        plane = machine.open(machine.properties(LIMITS));

        assertThat(ids().pages().isEmpty()).isTrue();
        ids().prepare(pages(0, 17));
        assertThat(ids().get(1)).isZero();
        put(1, 9);
        reopen();
        assertThat(ids().pages()).isEqualTo(pages(0, 17));
        assertThat(ids().get(1)).isEqualTo(9);
        assertThat(ids().get(17 << 16)).isZero();
    }

    private void reopen() {
        plane.close();
        plane = machine.open(machine.properties(LIMITS));
    }

    private ServerIdTable ids() {
        return plane.serverIds();
    }

    private void put(int id, int realIndex) {
        try (ServerIdTable.Page page = ids().page(ServerIdTable.pageOf(id))) {
            page.put(id, realIndex);
        }
    }

    private static BitSet pages(int... numbers) {
        BitSet pages = new BitSet();
        for (int number : numbers) {
            pages.set(number);
        }
        return pages;
    }
}

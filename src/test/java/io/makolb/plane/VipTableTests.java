package io.makolb.plane;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.Address;
import io.makolb.model.HashFunction;
import io.makolb.model.OnEmpty;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VipTableTests {

    private final VipTable table =
            new VipTable(ByteBuffer.allocateDirect(512 * 64), ByteBuffer.allocateDirect(256 * 64));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyVipIsFoundAndNothingElse(long seed) {
        Random random = new Random(seed);
        List<VipId> ids = randomIds(random, 1024);
        List<VipImage> vips = new ArrayList<>();
        for (int number = 0; number < 512; number++) {
            vips.add(vip(ids.get(number), number));
        }

        table.write(vips);

        for (int number = 0; number < ids.size(); number++) {
            assertThat(table.find(ids.get(number))).isEqualTo(number < 512 ? number : VipTable.NO_VIP);
        }
    }

    @Test
    void whatStoodThereBeforeIsGone() {
        VipId old = VipId.host(Address.parse("10.200.1.1"), 80, Protocol.TCP);
        table.write(List.of(vip(old, 1)));

        table.write(List.of(vip(VipId.host(Address.parse("10.200.1.2"), 80, Protocol.TCP), 2)));

        assertThat(table.find(old)).isEqualTo(VipTable.NO_VIP);
    }

    @Test
    void portAndProtocolAreTakenAtTheirWord() {
        Address address = Address.parse("2001:db8::1");
        table.write(List.of(
                vip(VipId.host(address, 53, Protocol.UDP), 1),
                vip(VipId.host(address, 53, Protocol.TCP), 2),
                vip(VipId.host(address, 0, Protocol.UDP), 3)));

        assertThat(table.find(VipId.host(address, 53, Protocol.UDP))).isEqualTo(1);
        assertThat(table.find(VipId.host(address, 53, Protocol.TCP))).isEqualTo(2);
        assertThat(table.find(VipId.host(address, 0, Protocol.UDP))).isEqualTo(3);
        assertThat(table.find(VipId.host(address, 54, Protocol.UDP))).isEqualTo(VipTable.NO_VIP);
    }

    private static List<VipId> randomIds(Random random, int count) {
        Set<VipId> ids = new LinkedHashSet<>();
        while (ids.size() < count) {
            Address address = random.nextBoolean()
                    ? Address.ipv4(0x0ac80000 + random.nextInt(400))
                    : new Address(true, 0x20010db800000000L, random.nextInt(400));
            Protocol protocol = random.nextBoolean() ? Protocol.TCP : Protocol.UDP;
            ids.add(VipId.host(address, random.nextInt(4) * 443, protocol));
        }
        return List.copyOf(ids);
    }

    private static VipImage vip(VipId id, int number) {
        return new VipImage(id, number, 0, HashFunction.MAGLEV_V2, OnEmpty.DROP, new TreeMap<>(), new TreeSet<>(), 0);
    }
}

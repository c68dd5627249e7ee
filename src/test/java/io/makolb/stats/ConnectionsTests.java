package io.makolb.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.Address;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import io.makolb.plane.ConnectionSample;
import io.makolb.plane.ForwardingPlane;
import io.makolb.plane.PlaneException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConnectionsTests {

    private static final VipId WEB = VipId.host(Address.parse("10.200.1.1"), 80, Protocol.TCP);
    private static final VipId DNS = VipId.host(Address.parse("10.200.1.1"), 53, Protocol.UDP);
    private static final Address REAL = Address.parse("10.0.0.1");

    private final AtomicLong now = new AtomicLong();
    private int scans;
    private boolean broken;

    private final Connections connections = new Connections(
            (ForwardingPlane) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {ForwardingPlane.class}, (self, method, arguments) -> {
                        assertThat(method.getName()).isEqualTo("connections");
                        if (broken) {
                            throw new PlaneException("The table cannot be read.", 5, null);
                        }
                        scans++;
                        return new ConnectionSample(now.get(), Map.of(WEB, Map.of(REAL, 3L), DNS, Map.of(REAL, 4L)));
                    }),
            now::get);

    private Duration age() {
        return connections.count().orElseThrow().age();
    }

    @Test
    void aCountIsGoodForTenSecondsAndTellsItsAge() {
        assertThat(age()).isZero();
        now.addAndGet(Connections.GOOD.toNanos() - 1);
        assertThat(age()).isEqualTo(Connections.GOOD.minusNanos(1));
        assertThat(scans).isEqualTo(1);
        now.addAndGet(1);
        assertThat(age()).isZero();
        assertThat(scans).isEqualTo(2);
    }

    @Test
    void aRealIsCountedInEveryVip() {
        ConnectionSample sample = connections.count().orElseThrow().sample();

        assertThat(sample.of(WEB, REAL)).isEqualTo(3);
        assertThat(sample.of(REAL)).isEqualTo(7);
        assertThat(sample.of(Address.parse("10.0.0.2"))).isZero();
    }

    @Test
    void whatCannotBeReadLeavesTheLastCountWithItsAge() {
        broken = true;
        assertThat(connections.count()).isEmpty();
        broken = false;
        age();
        broken = true;
        now.addAndGet(Connections.GOOD.toNanos() * 2);

        assertThat(age()).isEqualTo(Connections.GOOD.multipliedBy(2));
    }
}

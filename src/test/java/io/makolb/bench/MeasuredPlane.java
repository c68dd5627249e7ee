package io.makolb.bench;

import io.makolb.libbpf.BpfProgram;
import io.makolb.model.Address;
import io.makolb.model.Protocol;
import io.makolb.model.VipFlag;
import io.makolb.model.VipId;
import io.makolb.plane.Encapsulation;
import io.makolb.plane.PlaneCounter;
import io.makolb.plane.PlaneFixture;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The balancer with Katran's default sizes: what is measured is what Mako writes into the kernel. */
final class MeasuredPlane implements AutoCloseable {

    private static final int REALS = 100;
    /** VIPs that no case is about, so that tables are as full as on a busy machine. */
    private static final int OTHER_VIPS = 200;

    private static final int FIRST_REAL = 0x0a000001;
    private static final int FIRST_OTHER_VIP = 0x0ac90001;

    private final PlaneFixture plane;

    private MeasuredPlane(PlaneFixture plane) {
        this.plane = plane;
    }

    static MeasuredPlane start(Encapsulation encapsulation) throws Exception {
        PlaneFixture plane = PlaneFixture.create(PlaneFixture.Settings.large(encapsulation));
        try {
            configure(plane);
        } catch (RuntimeException e) {
            plane.close();
            throw e;
        }
        return new MeasuredPlane(plane);
    }

    private static void configure(PlaneFixture plane) {
        Set<Address> realsV4 = IntStream.range(0, REALS)
                .mapToObj(i -> Address.ipv4(FIRST_REAL + i))
                .collect(Collectors.toSet());
        Set<Address> realsV6 = IntStream.range(0, REALS)
                .mapToObj(i -> Address.parse("fc00::" + Integer.toHexString(i + 1)))
                .collect(Collectors.toSet());
        Set<VipId> vips = new HashSet<>(Set.of(vip(Cases.VIP_V4, Protocol.TCP), vip(Cases.VIP_V4, Protocol.UDP)));
        IntStream.range(0, OTHER_VIPS).forEach(i -> vips.add(vip(Address.ipv4(FIRST_OTHER_VIP + i), Protocol.TCP)));
        plane.add(vips, Set.of(), realsV4);
        plane.add(Set.of(vip(Cases.VIP_WITHOUT_TABLE, Protocol.TCP)), Set.of(VipFlag.NO_LRU), realsV4);
        plane.add(Set.of(vip(Cases.VIP_V4_TO_V6, Protocol.TCP), vip(Cases.VIP_V6, Protocol.TCP)), Set.of(), realsV6);
    }

    BpfProgram program() {
        return plane.program();
    }

    Counts counts() {
        return new Counts(
                plane.counter(PlaneCounter.TABLE_HITS),
                plane.counter(PlaneCounter.SELECTIONS),
                plane.counter(PlaneCounter.PASS_FRAMES));
    }

    /** Gives one real of a VIP of 100 another weight. */
    Duration changeWeight(int weight) {
        return plane.changeWeight(vip(Cases.VIP_V4, Protocol.TCP), Address.ipv4(FIRST_REAL), weight);
    }

    @Override
    public void close() {
        plane.close();
    }

    private static VipId vip(Address address, Protocol protocol) {
        return VipId.host(address, Cases.PORT, protocol);
    }

    /** What became of packets. */
    record Counts(long found, long selected, long passed) {

        Counts minus(Counts before) {
            return new Counts(found - before.found, selected - before.selected, passed - before.passed);
        }

        /**
         * Checks that the packets took the road that the case is about. Not all of them have to: where two full sets
         * meet, a flow is forgotten.
         *
         * @throws IllegalStateException if one in a thousand did not
         */
        void requireMost(Case measured, long packets) {
            long taken = switch (measured.outcome()) {
                case FOUND -> found;
                case SELECTED -> selected;
                case PASSED -> passed;
            };
            if (taken < packets - packets / 1000) {
                throw new IllegalStateException(measured.name() + ": of " + packets + " packets, " + taken
                        + " were as they should be: " + this);
            }
        }
    }
}

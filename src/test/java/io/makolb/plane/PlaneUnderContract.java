package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.Protocol;
import io.makolb.model.VipId;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A machine with a plane, and what the tests of the contract do to it again and again. */
abstract class PlaneUnderContract {

    /** Sizes of the plane under test. */
    static final PlaneLimits LIMITS = new PlaneLimits(16, 64, 131_072, 4_099, 6, 10_000);

    static final VipId WEB = VipId.host(Address.parse("10.200.1.1"), 80, Protocol.TCP);
    static final VipId WEB_TLS = VipId.host(Address.parse("10.200.1.1"), 443, Protocol.TCP);
    static final VipId DNS = VipId.host(Address.parse("2001:db8:200::53"), 53, Protocol.UDP);
    static final VipId ALL_PORTS = VipId.host(Address.parse("10.200.1.2"), 0, Protocol.UDP);
    static final Address R1 = Address.parse("10.0.3.10");
    static final Address R2 = Address.parse("10.0.3.11");
    static final Address R3 = Address.parse("2001:db8:3::10");

    ForwardingPlane plane;

    /**
     * Opens the machine's plane with {@link #LIMITS} on {@link #interfaceName()}. Within one test the second call takes over
     * what the first one left; each test begins without a plane.
     */
    abstract ForwardingPlane open();

    /** An interface that exists. */
    abstract String interfaceName();

    /** A client sends the first packet of a connection; the VIP has one real, and it is this. */
    abstract void connect(VipId vip, Address real, Address client, int clientPort);

    @BeforeEach
    void openPlane() throws Exception {
        plane = open();
    }

    @AfterEach
    void closePlane() {
        plane.close();
    }

    ForwardingPlane plane() {
        return plane;
    }

    /** Lets go of the plane and takes it over again, as a new process does. */
    ForwardingPlane takeOver() {
        plane.close();
        plane = open();
        return plane;
    }

    PlanDraft draft() {
        return new PlanDraft(plane.read());
    }

    /** Brings a draft into force and answers the image it leads to. */
    PlaneImage apply(PlanDraft draft, long revision) {
        StagedPlan staged = plane.stage(draft.plan(revision));
        staged.switchOver();
        staged.verify();
        return draft.image();
    }

    static VipImage vip(PlaneImage image, VipId id) {
        return Objects.requireNonNull(image.vips().get(id));
    }

    static RealImage real(PlaneImage image, Address address) {
        return Objects.requireNonNull(image.reals().get(address));
    }

    PlaneImage threeVips() {
        return apply(
                draft().enterReal(R1)
                        .enterReal(R2)
                        .enterReal(R3)
                        .enterVip(WEB, Map.of(R1, 10, R2, 20))
                        .enterVip(WEB_TLS, Map.of(R1, 1))
                        .enterVip(DNS, Map.of(R3, 5)),
                1);
    }
}

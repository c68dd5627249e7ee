package io.makolb.plane;

import io.makolb.model.Address;
import io.makolb.model.BulkSet;
import io.makolb.model.DecapDestination;
import io.makolb.model.VipId;
import java.util.Optional;

/**
 * One difference between two images. Where a step needs memory or space, the plane does that part while staging, where no
 * packet can reach it.
 */
public sealed interface PlanStep {

    /** A real gets an index: a free one, or the retired one it had before. */
    record EnterReal(Address address, RealImage real) implements PlanStep {}

    /** A real's attributes change; its index never does. */
    record ChangeReal(Address address, RealImage before, RealImage after) implements PlanStep {}

    /** A real is no longer used by the configuration; connections to it go on. */
    record RetireReal(Address address, int index) implements PlanStep {}

    /** An index is free again. */
    record FreeReal(Address address, int index) implements PlanStep {}

    /** A VIP gets a number: a free one, or the retired one it had before. Its ring is built before any packet meets it. */
    record EnterVip(VipImage vip) implements PlanStep {}

    /** A VIP's attributes, members or ring change. */
    record ChangeVip(VipImage before, VipImage after) implements PlanStep {}

    /** A VIP is no more: its packets are left to the host. */
    record RetireVip(VipId id, int number) implements PlanStep {}

    /** A number is free again. */
    record FreeVip(VipId id, int number) implements PlanStep {}

    /** Tunnels to an address end here from now on, or what becomes of what is inside changes. */
    record PutDecap(Address address, DecapDestination destination) implements PlanStep {}

    /** Tunnels to an address do not end here any more. */
    record RemoveDecap(Address address) implements PlanStep {}

    /** Server ids or source routes lead elsewhere. Many of them change all at once for packets, few of them one after the other. */
    record ChangeBulk(BulkSet<?> before, BulkSet<?> after) implements PlanStep {}

    /** An interface's attachment, mode or gateway changes; {@code before} is absent when the plane did not know it. */
    record ChangeInterface(String name, Optional<InterfaceImage> before, InterfaceImage after) implements PlanStep {}

    /** Marks, counted destinations or the attachment of health checks change. */
    record ChangeHealthChecks(HealthCheckImage before, HealthCheckImage after) implements PlanStep {}
}

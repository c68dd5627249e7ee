package io.makolb.linux;

import java.util.Optional;

/** Something changed in the network. What is told is the state after the change, or what was removed. */
public sealed interface NetlinkEvent {

    /** A link came, went, or has another state, name, MTU or program. */
    record LinkChanged(NetworkLink link, boolean removed) implements NetlinkEvent {}

    /** An address came, went or has another state. */
    record AddressChanged(AssignedAddress address, boolean removed) implements NetlinkEvent {}

    /** A route came or went. */
    record RouteChanged(Route route, boolean removed) implements NetlinkEvent {}

    /** The kernel learnt, lost or doubts a neighbour's link-layer address. */
    record NeighbourChanged(Neighbour neighbour, boolean removed) implements NetlinkEvent {}

    /** Changes came faster than they were read and some were lost: list everything again. None is lost after this. */
    record EventsLost() implements NetlinkEvent {}

    /** No more events will come, the connection to the kernel is broken. */
    record Ended(LinuxException cause) implements NetlinkEvent {}

    /** Empty for messages that tell nothing of this. */
    static Optional<NetlinkEvent> parse(NetlinkMessage message) {
        return switch (message.type()) {
            case NetlinkType.NEW_LINK -> Optional.of(new LinkChanged(NetworkLink.parse(message.payload()), false));
            case NetlinkType.DELETE_LINK -> Optional.of(new LinkChanged(NetworkLink.parse(message.payload()), true));
            case NetlinkType.NEW_ADDRESS, NetlinkType.DELETE_ADDRESS ->
                AssignedAddress.parse(message.payload())
                        .map(address -> new AddressChanged(address, message.type() == NetlinkType.DELETE_ADDRESS));
            case NetlinkType.NEW_ROUTE, NetlinkType.DELETE_ROUTE ->
                Route.parse(message.payload())
                        .map(route -> new RouteChanged(route, message.type() == NetlinkType.DELETE_ROUTE));
            case NetlinkType.NEW_NEIGHBOUR, NetlinkType.DELETE_NEIGHBOUR ->
                Neighbour.parse(message.payload())
                        .map(neighbour ->
                                new NeighbourChanged(neighbour, message.type() == NetlinkType.DELETE_NEIGHBOUR));
            default -> Optional.empty();
        };
    }
}

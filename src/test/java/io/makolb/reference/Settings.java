package io.makolb.reference;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What is set before the first packet. Each {@code with...} answers a copy. */
public final class Settings implements Cloneable {

    private static final int SEED_VIPS = 512;
    private static final int SEED_RING = 65537;

    private Optional<byte[]> gateway;
    private int tooBigRate = 1000;
    private long udpTimeoutNanos = 30_000_000_000L;
    private int maxNewConnections = 125_000;
    private Optional<Gue> gue = Optional.empty();
    private boolean vlan;
    private boolean udpStableRouting;
    private boolean tcpServerIdRouting;
    private boolean localDelivery;
    private Decap decap = new Decap(false, 0, false, Ip.of("0.0.0.0"), Ip.of("::"), Map.of());
    private Optional<SourceRouting> sourceRouting = Optional.empty();

    /**
     * UDP encapsulation.
     *
     * @param port where reals expect it
     * @param sourceV4 outer source towards IPv4 reals
     * @param sourceV6 outer source towards IPv6 reals
     */
    public record Gue(int port, Ip sourceV4, Ip sourceV6) {}

    /**
     * Tunnels that are undone.
     *
     * @param ipip IP in IP
     * @param guePort UDP port of GUE; 0 = not GUE
     * @param strict only those to the machine's own addresses and to destinations
     * @param ownV4 an address of the machine
     * @param ownV6 an address of the machine
     * @param destinations where tunnels end; true: what was inside leaves again
     */
    public record Decap(boolean ipip, int guePort, boolean strict, Ip ownV4, Ip ownV6, Map<Ip, Boolean> destinations) {}

    private Settings(Optional<byte[]> gateway) {
        this.gateway = gateway;
    }

    /** The defaults, with a gateway: MAC address of the next hop, 6 bytes. */
    public static Settings of(byte... gateway) {
        return new Settings(Optional.of(gateway));
    }

    /** The same with another limit of too-big replies per second. */
    public Settings withTooBigRate(int rate) {
        return with(copy -> copy.tooBigRate = rate);
    }

    /** The same with another limit of new connections per second. */
    public Settings withMaxNewConnections(int limit) {
        return with(copy -> copy.maxNewConnections = limit);
    }

    /** The same with another time of silence after which a UDP flow is chosen anew. */
    public Settings withUdpTimeout(Duration timeout) {
        return with(copy -> copy.udpTimeoutNanos = timeout.toNanos());
    }

    /** The same before the gateway was found. */
    public Settings withoutGateway() {
        return with(copy -> copy.gateway = Optional.empty());
    }

    /** The same with UDP encapsulation instead of IP in IP. */
    public Settings withGue(Gue wanted) {
        return with(copy -> copy.gue = Optional.of(wanted));
    }

    /** The same with VLAN tags understood. */
    public Settings withVlan() {
        return with(copy -> copy.vlan = true);
    }

    /** The same with server ids in UDP headers understood. */
    public Settings withUdpStableRouting() {
        return with(copy -> copy.udpStableRouting = true);
    }

    /** The same with server ids in TCP options understood. */
    public Settings withTcpServerIdRouting() {
        return with(copy -> copy.tcpServerIdRouting = true);
    }

    /** Whether server ids in UDP headers count. */
    boolean udpStableRouting() {
        return udpStableRouting;
    }

    /** Whether server ids in TCP options count. */
    boolean tcpServerIdRouting() {
        return tcpServerIdRouting;
    }

    /** The same with tunnels undone. */
    public Settings withDecap(Decap wanted) {
        return with(copy -> copy.decap = wanted);
    }

    /** Tunnels that are undone. */
    Decap decap() {
        return decap;
    }

    /** The same with routes for clients of certain networks. */
    public Settings withSourceRouting(SourceRouting routes) {
        return with(copy -> copy.sourceRouting = Optional.of(routes));
    }

    /** The same with packets to this machine itself left to it. */
    public Settings withLocalDelivery() {
        return with(copy -> copy.localDelivery = true);
    }

    /** MAC address of the next hop; absent: not known yet. */
    Optional<byte[]> gateway() {
        return gateway;
    }

    /** SEED of section 11.1. */
    int hashSeedV4() {
        return SEED_VIPS * SEED_RING;
    }

    /** SEED6 of section 11.1. */
    int hashSeedV6() {
        return SEED_VIPS;
    }

    /** First 2 bytes of the outer IPv4 source of IPIP. */
    byte[] outerPrefixV4() {
        return Bytes.of(172, 16);
    }

    /** First 12 bytes of the outer IPv6 source of IPIP. */
    byte[] outerPrefixV6() {
        return Bytes.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Longest frame that is forwarded, with Ethernet header. */
    int maxFrameSize() {
        return 1514;
    }

    /** Too-big replies per second; 0 = none. */
    int tooBigRate() {
        return tooBigRate;
    }

    /** Silence after which a UDP flow is chosen anew. */
    long udpTimeoutNanos() {
        return udpTimeoutNanos;
    }

    /** Flows remembered per second. */
    int maxNewConnections() {
        return maxNewConnections;
    }

    /** UDP encapsulation; absent: IP in IP. */
    Optional<Gue> gue() {
        return gue;
    }

    /** Whether frames with one VLAN tag are forwarded. */
    boolean vlan() {
        return vlan;
    }

    /** Routes for clients of certain networks; absent: the flag that asks for them has no effect. */
    Optional<SourceRouting> sourceRouting() {
        return sourceRouting;
    }

    /** Whether packets to this machine itself are left to it. */
    boolean localDelivery() {
        return localDelivery;
    }

    private Settings with(Consumer<Settings> change) {
        try {
            Settings copy = (Settings) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}

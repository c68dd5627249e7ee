package io.makolb.plane;

/** Who writes the outer header of health checks. */
public enum HealthCheckEncapsulation {
    /** The program itself, as the balancer does for other packets. */
    DIRECT,
    /** Tunnel devices of the host. */
    TUNNEL
}

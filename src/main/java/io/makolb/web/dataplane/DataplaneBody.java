package io.makolb.web.dataplane;

import io.makolb.balancer.Condition;
import io.makolb.balancer.Snapshot;
import io.makolb.model.Address;
import io.makolb.model.VipEntry;
import io.makolb.plane.Encapsulation;
import io.makolb.plane.HealthCheckEncapsulation;
import io.makolb.plane.HealthCheckFacts;
import io.makolb.plane.PlaneFacts;
import io.makolb.plane.PlaneFeatures;
import io.makolb.plane.PlaneLimits;
import io.makolb.plane.PlaneMeta;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The forwarding plane in JSON. */
@Schema(name = "Dataplane", description = "The forwarding plane as it is now")
record DataplaneBody(
        @Schema(description = "Whether packets obey the configuration")
        Condition.State state,

        @Schema(description = "What is wrong and what to do; absent when nothing is") @Nullable String trouble,

        @Schema(description = "The kernel's id of the forwarding program", example = "42")
        int programId,

        @Schema(
                description =
                        "The kernel's id of the program that sends marked packets to reals; absent: there is none",
                example = "43")
        @Nullable Integer healthCheckProgramId,

        @Schema(description = "The store whose configuration it obeys") @Nullable UUID storeId,

        @Schema(description = "The last revision that was put in force whole") @Nullable Long appliedRevision,

        @Schema(description = "Since when its counters run") @Nullable Instant createdAt,

        @Schema(description = "Where maps and links are pinned", example = "/sys/fs/bpf/mako")
        String pinPath,

        @Schema(description = "Release of the running kernel", example = "6.1.0-28-amd64")
        String kernel,

        @Schema(description = "Version of libbpf", example = "1.1")
        String libbpf,

        @Schema(description = "Kernel memory that the tables take, in bytes", example = "402653184")
        long memoryBytes,

        @Schema(description = "The sizes it was made with") Limits limits,

        @Schema(description = "What its program was loaded with")
        Features features,

        @Schema(description = "What is taken, and what is left")
        Use use,

        @Schema(description = "Its interfaces, with their state")
        List<InterfaceBody> interfaces,

        @Schema(description = "How marked packets are sent to reals")
        HealthChecks healthChecks) {

    /** Sizes it was made with. */
    @Schema(name = "DataplaneLimits", description = "The sizes it was made with")
    record Limits(
            @Schema(description = "VIPs", example = "512") int vips,
            @Schema(description = "Reals", example = "4095") int reals,

            @Schema(description = "Reals of all VIPs together", example = "131072")
            int memberships,

            @Schema(description = "Slots of a ring", example = "65537")
            int ringSize,

            @Schema(description = "Addresses at which tunnels end", example = "6")
            int decapDestinations,

            @Schema(description = "Source routes; 0 = source routing is off", example = "3000000")
            int sourceRoutes) {
        static Limits of(PlaneLimits limits) {
            // Index 0 of the table of reals stands for "none".
            return new Limits(
                    limits.maxVips(),
                    limits.maxReals() - 1,
                    limits.maxMemberships(),
                    limits.ringSize(),
                    limits.maxDecapDestinations(),
                    limits.maxSourceRoutes());
        }
    }

    /** What the program was loaded with. */
    @Schema(name = "DataplaneFeatures", description = "What the forwarding program was loaded with")
    record Features(
            @Schema(description = "How packets travel to reals", example = "IPIP")
            Encapsulation encapsulation,

            @Schema(
                    description =
                            "Where GUE packets to IPv4 reals come from; absent: not needed, or IPv4 reals cannot be reached",
                    example = "10.0.0.2")
            @Nullable String encapSourceV4,

            @Schema(description = "The same for IPv6 reals", example = "2001:db8::2") @Nullable String encapSourceV6,

            @Schema(description = "Whether frames with a VLAN tag are forwarded", example = "false")
            boolean vlan,

            @Schema(description = "Whether senders of frames that are too long are told", example = "true")
            boolean icmpTooBig,

            @Schema(description = "Tunnels to this machine that are undone", example = "[\"GUE\"]")
            List<Encapsulation> inlineDecap,

            @Schema(
                    description = "Whether only tunnels to the sources above and to decap destinations are undone",
                    example = "false")
            boolean strictDecapDestination,

            @Schema(description = "Whether VIPs may have the flag UDP_STABLE_ROUTING", example = "false")
            boolean udpStableRouting,

            @Schema(description = "Whether server ids in TCP options name reals", example = "false")
            boolean tcpServerIdRouting,

            @Schema(description = "Whether connections of other balancers can be imported", example = "false")
            boolean globalConnectionTable,

            @Schema(description = "Whether clients of certain networks can have reals of their own", example = "false")
            boolean sourceRouting,

            @Schema(
                    description = "Whether packets of LOCAL_VIPs to a local real are left to this machine",
                    example = "false")
            boolean localDelivery,

            @Schema(description = "Whether VIPs may be prefixes", example = "false")
            boolean prefixVips) {

        static Features of(PlaneFeatures features) {
            return new Features(
                    features.encapsulation(),
                    features.encapSourceV4().map(Address::toString).orElse(null),
                    features.encapSourceV6().map(Address::toString).orElse(null),
                    features.vlan(),
                    features.icmpTooBig(),
                    features.inlineDecap().stream().sorted().toList(),
                    features.strictDecap(),
                    features.udpStableRouting(),
                    features.tcpServerIdRouting(),
                    features.globalConnectionTable(),
                    features.sourceRouting(),
                    features.localDelivery(),
                    features.prefixVips());
        }
    }

    /** What is taken. */
    @Schema(name = "DataplaneUse", description = "What is taken, and what can still be given out")
    record Use(
            @Schema(description = "VIPs in the kernel", example = "1")
            int vips,

            @Schema(description = "Reals in the kernel", example = "2")
            int reals,

            @Schema(description = "Reals of all VIPs together", example = "2")
            int memberships,

            @Schema(description = "VIPs for which there is room", example = "511")
            int freeVips,

            @Schema(description = "Reals for which there is room", example = "4093")
            int freeReals) {}

    /** Forwarding of health checks. */
    @Schema(name = "DataplaneHealthChecks", description = "How marked packets are sent to reals")
    record HealthChecks(
            @Schema(description = "Whether they are", example = "true")
            boolean enabled,

            @Schema(description = "Who writes the outer header")
            HealthCheckEncapsulation encapsulation,

            @Schema(description = "Where packets to IPv4 reals come from; absent: the tunnel decides, or none is known")
            @Nullable String sourceV4,

            @Schema(description = "The same for IPv6 reals") @Nullable String sourceV6,

            @Schema(
                    description = "Interfaces through which they leave, and how the program is attached: TCX or CLSACT",
                    example = "{\"eth0\":\"TCX\"}")
            Map<String, String> interfaces) {

        static HealthChecks of(HealthCheckFacts facts) {
            Map<String, String> interfaces = new TreeMap<>();
            facts.attachments().forEach(attachment -> interfaces.put(attachment.interfaceName(), attachment.way()));
            return new HealthChecks(
                    facts.enabled(),
                    facts.encapsulation(),
                    facts.sourceV4().map(Address::toString).orElse(null),
                    facts.sourceV6().map(Address::toString).orElse(null),
                    interfaces);
        }
    }

    static DataplaneBody of(Snapshot snapshot, PlaneFacts facts, Optional<PlaneMeta> meta) {
        int memberships = 0;
        for (VipEntry entry : snapshot.configuration().vips().values()) {
            memberships += entry.members().size();
        }
        Use use = new Use(
                snapshot.image().vips().size(),
                snapshot.image().reals().size(),
                memberships,
                facts.freeVips(),
                facts.freeReals());
        String sentence = snapshot.condition().sentence();
        return new DataplaneBody(
                snapshot.condition().state(),
                sentence.isEmpty() ? null : sentence,
                facts.programId(),
                facts.healthChecks().programId() == 0
                        ? null
                        : facts.healthChecks().programId(),
                meta.map(PlaneMeta::storeId).orElse(null),
                meta.map(PlaneMeta::appliedRevision).orElse(null),
                meta.map(PlaneMeta::createdAt).orElse(null),
                facts.pinPath(),
                facts.kernel(),
                facts.libbpf(),
                facts.memoryBytes(),
                Limits.of(facts.limits()),
                Features.of(facts.features()),
                use,
                Interfaces.all(snapshot, facts, true),
                HealthChecks.of(facts.healthChecks()));
    }
}

package io.makolb.plane;

import io.makolb.libbpf.BpfLibrary;
import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapInfo;
import io.makolb.linux.Capabilities;
import io.makolb.linux.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps that lead to an open plane, and their refusals. */
final class PlaneOpening {

    private static final Path ONLINE_CPUS = Path.of("/sys/devices/system/cpu/online");

    private PlaneOpening() {}

    static void requireCapabilities() {
        Set<Capability> missing =
                Capabilities.effective().missing(Capability.CAP_BPF, Capability.CAP_NET_ADMIN, Capability.CAP_PERFMON);
        if (!missing.isEmpty()) {
            throw new MissingCapabilityException(missing);
        }
    }

    static void requireInterfaces(List<String> names) {
        for (String name : names) {
            if (MachineInterfaces.index(name) == 0) {
                throw new InterfaceMissingException(name, MachineInterfaces.names());
            }
        }
    }

    /** Whether a whole plane is pinned: its description is pinned last. */
    static boolean isPlane(PinDirectory pins) {
        return pins.has(PlaneMaps.META);
    }

    /** The sizes that the properties ask for; CPUs that nobody chose are those of the plane that is there. */
    static PlaneSizes sizes(
            DataplaneProperties properties, ForwardingProperties forwarding, BpfLibrary library, PinDirectory pins) {
        BitSet cores = cores(properties.forwardingCores(), pins);
        InvalidSettingException.require(
                cores.length() <= library.possibleCpus(),
                "mako.dataplane.forwarding-cores",
                properties.forwardingCores(),
                "this machine has the CPUs 0 to " + (library.possibleCpus() - 1) + ".",
                "Name only those, or write auto.");
        return new PlaneSizes(
                properties.maxVips(),
                properties.maxReals(),
                properties.ringSize(),
                properties.connectionTableSize(),
                cores,
                library.possibleCpus(),
                properties.maxDecapDestinations(),
                forwarding.globalConnectionTable() ? properties.globalConnectionTableSize() : 0,
                forwarding.sourceRouting() ? properties.maxSourceRoutes() : 0,
                forwarding.prefixVips());
    }

    private static BitSet cores(String property, PinDirectory pins) {
        if (!property.equals(DataplaneProperties.AUTO)) {
            return CpuList.parse("mako.dataplane.forwarding-cores", property);
        }
        String prefix = PlaneMaps.FLOW4 + "_";
        BitSet pinned = new BitSet();
        pins.names().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> pinned.set(Integer.parseInt(name.substring(prefix.length()))));
        return isPlane(pins) && !pinned.isEmpty() ? pinned : online();
    }

    private static BitSet online() {
        try {
            return CpuList.parse(
                    ONLINE_CPUS.toString(), Files.readString(ONLINE_CPUS).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the CPUs that are online", e);
        }
    }

    /** Opens the maps of the plane that is there. */
    static PlaneMaps adopt(PinDirectory pins, PlaneLoader loader, KernelWrites writes) {
        try (BpfMap meta = BpfMap.openPinned(pins.pin(PlaneMaps.META))) {
            BpfMapInfo info = meta.info();
            boolean readable = info.valueSize() == MapLayout.Meta.SIZE && info.maxEntries() == 1;
            MetaRecord record = new MetaRecord(meta, new KernelWrites());
            if (!readable || !record.hasMagic()) {
                throw new ForeignLayoutException(
                        pins, "is not one that Mako can read", "Start the program that made it.");
            }
            if (record.layoutVersion() != MapLayout.VERSION) {
                throw new ForeignLayoutException(
                        pins,
                        "has layout " + record.layoutVersion() + ", this version of Mako has " + MapLayout.VERSION,
                        "Start the version of Mako that made it.");
            }
        }
        return loader.openMaps(pins, writes);
    }

    /** Pins all maps, the plane's description last: whoever finds that finds a whole plane. */
    static void pin(PlaneMaps maps, PinDirectory pins, KernelWrites writes) {
        maps.flows().forEach((name, map) -> writes.other(() -> map.pin(pins.pin(name))));
        for (Map.Entry<String, BpfMap> entry : maps.all().entrySet()) {
            if (!entry.getKey().equals(PlaneMaps.META)) {
                writes.other(() -> entry.getValue().pin(pins.pin(entry.getKey())));
            }
        }
        writes.other(() -> maps.map(PlaneMaps.META).pin(pins.pin(PlaneMaps.META)));
    }

    /** Removes what a process left that died while it created a plane. */
    static void removeLeftovers(PinDirectory pins) {
        pins.names().stream().filter(PlaneOpening::isOurs).forEach(pins::remove);
    }

    private static boolean isOurs(String name) {
        return name.startsWith("mako_")
                || name.startsWith(InterfaceAttachment.PIN_PREFIX)
                || name.startsWith(EgressAttachment.PIN_PREFIX)
                || name.startsWith(ServerIdTable.PIN_PREFIX)
                || name.startsWith(RouteTable.PIN_PREFIX);
    }
}

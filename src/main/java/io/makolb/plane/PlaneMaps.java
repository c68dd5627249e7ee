package io.makolb.plane;

import io.makolb.libbpf.BpfMap;
import io.makolb.libbpf.BpfMapMemory;
import io.makolb.libbpf.BpfObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The maps of the plane, open, and the memory of those that are mapped into the process. */
final class PlaneMaps implements AutoCloseable {

    static final String META = "mako_meta";
    static final String CONTROL = "mako_control";
    static final String ADDRESSES = "mako_addrs";
    static final String SERVICES = "mako_services";
    static final String PREFIXES = "mako_prefixes";
    static final String VIPS = "mako_vips";
    static final String RINGS = "mako_rings";
    static final String REALS = "mako_reals";
    static final String MEMBERS = "mako_members";
    static final String DECAP = "mako_decap";
    static final String GATEWAYS = "mako_gateways";
    static final String DOWN_REALS = "mako_down_reals";
    static final String FLOW4 = "mako_flow4";
    static final String FLOW6 = "mako_flow6";
    static final String FLOW_TO = "mako_flow_to";
    static final String ROUTES4 = "mako_routes4";
    static final String ROUTES6 = "mako_routes6";
    static final String SERVER_IDS = "mako_server_ids";
    static final String GLOBAL = "mako_global";
    static final String FALLBACK = "mako_fallback";
    static final String FALLBACK_TO = "mako_fallbackto";
    static final String COUNTERS = "mako_counters";
    static final String VIP_STATS = "mako_vip_stats";
    static final String REAL_STATS = "mako_real_stats";

    static final String HEALTHCHECK_MARKS = "mako_hc_marks";
    static final String HEALTHCHECK_KEYS = "mako_hc_keys";

    private final Map<String, BpfMap> maps;
    private final Map<String, BpfMap> flows;
    private final Map<String, BpfMapMemory> memories = new HashMap<>();

    /**
     * Takes maps over; they are closed with this.
     *
     * @param maps by name
     * @param flows connection tables of single CPUs, by the name of their pin
     */
    PlaneMaps(Map<String, BpfMap> maps, Map<String, BpfMap> flows) {
        this.maps = new LinkedHashMap<>(maps);
        this.flows = new LinkedHashMap<>(flows);
    }

    /** Every map that a program names, by name. */
    Map<String, BpfMap> all() {
        return maps;
    }

    /** Lets the programs of an object use these maps where it names them. */
    void lendTo(BpfObject object) {
        for (String name : object.mapNames()) {
            BpfMap map = maps.get(name);
            if (map != null) {
                object.definition(name).reuse(map);
            }
        }
    }

    /** Connection tables of single CPUs, by the name of their pin. */
    Map<String, BpfMap> flows() {
        return flows;
    }

    BpfMap map(String name) {
        BpfMap map = maps.get(name);
        if (map == null) {
            throw new IllegalArgumentException("There is no map " + name);
        }
        return map;
    }

    /** The memory of a mapped array, valid until this is closed. */
    synchronized BpfMapMemory memory(String name) {
        return memories.computeIfAbsent(name, missing -> map(missing).memory());
    }

    /** One generation of the tables of VIPs that are one address, where packets read it. */
    VipTable vipTable(int generation) {
        BpfMapMemory addresses = memory(ADDRESSES);
        BpfMapMemory services = memory(SERVICES);
        int addressBytes = (int) (addresses.size() / MapLayout.VIP_GENERATIONS);
        int serviceBytes = (int) (services.size() / MapLayout.VIP_GENERATIONS);
        return new VipTable(
                addresses.slice((long) generation * addressBytes, addressBytes),
                services.slice((long) generation * serviceBytes, serviceBytes));
    }

    @Override
    public synchronized void close() {
        memories.values().forEach(BpfMapMemory::close);
        memories.clear();
        maps.values().forEach(BpfMap::close);
        flows.values().forEach(BpfMap::close);
    }
}

package io.makolb.machine;

import io.makolb.libbpf.BpfLibrary;
import io.makolb.linux.Capabilities;
import io.makolb.linux.Netlink;
import io.makolb.linux.NetworkLink;
import io.makolb.model.Observation;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * {@code mako.check-only=true}: looks whether Mako could start here, prints what it found, and ends the process before anything
 * is created; with 1 when something would stop the start.
 */
final class CheckOnly implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final String DISCOVERED = "auto";

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        if (!Binder.get(environment).bind("mako.check-only", Boolean.class).orElse(false)) {
            return;
        }
        List<Finding> findings = findings(environment);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        FindingTable.lines(findings).forEach(out::println);
        boolean stops = findings.stream().anyMatch(finding -> finding.level() == Finding.Level.ERROR);
        System.exit(stops ? 1 : 0);
    }

    static List<Finding> findings(Environment environment) {
        Binder properties = Binder.get(environment);
        List<String> interfaces = properties
                .bind("mako.dataplane.interfaces", Bindable.listOf(String.class))
                .orElseGet(List::of);
        List<Finding> findings = new ArrayList<>();
        findings.add(Privileges.check(Capabilities.effective()));
        findings.add(
                Library.check(properties.bind("mako.libbpf.path", String.class).orElse(BpfLibrary.DEFAULT_PATH)));
        findings.add(PinPlace.check(Optional.ofNullable(
                properties.bind("mako.dataplane.pin-path", Path.class).orElse(null))));
        findings.addAll(KernelSettings.check());
        boolean discover = properties
                .bind("mako.dataplane.gateway-mac", String.class)
                .orElse(DISCOVERED)
                .equals(DISCOVERED);
        Set<String> gateways = discover ? discovered(interfaces) : new HashSet<>(interfaces);
        findings.addAll(Interfaces.check(interfaces, links(), gateways));
        return findings;
    }

    private static List<NetworkLink> links() {
        try (Netlink netlink = Netlink.open()) {
            return netlink.links();
        }
    }

    /** Names of those whose gateway answers. */
    private static Set<String> discovered(List<String> interfaces) {
        List<Observation> observed = new CopyOnWriteArrayList<>();
        MachineWatch watch =
                new MachineWatch(observed::add, interfaces, true, new HostAddressBook(), MachineWatch.REFRESH);
        watch.start();
        watch.stop();
        Set<String> found = new HashSet<>();
        for (Observation observation : observed) {
            if (observation instanceof Observation.GatewayMac gateway) {
                found.add(gateway.interfaceName());
            }
        }
        return found;
    }
}

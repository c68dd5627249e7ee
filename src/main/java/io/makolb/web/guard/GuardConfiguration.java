package io.makolb.web.guard;

import io.makolb.web.problem.ProblemWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the guard in front of everything. */
@Configuration(proxyBeanMethods = false)
class GuardConfiguration {

    @Bean
    FilterRegistrationBean<HostGuard> hostGuard(ServerProperties server, ProblemWriter problems) {
        Set<String> hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
        InetAddress address = server.getAddress();
        if (address != null) {
            String text = address.getHostAddress();
            hosts.add(address instanceof Inet6Address ? "[" + text + "]" : text);
        }
        FilterRegistrationBean<HostGuard> filter = new FilterRegistrationBean<>(new HostGuard(hosts, problems));
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1); // behind the record of what was asked for
        return filter;
    }
}

package io.makolb.web.guard;

import java.net.InetAddress;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.stereotype.Component;

/** Stops the start when the API would be open to the network: there is no authentication yet that could guard it. */
@Component
class LoopbackOnly implements WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> {

    private final ServerProperties properties;

    LoopbackOnly(ServerProperties properties) {
        this.properties = properties;
    }

    @Override
    public void customize(ConfigurableServletWebServerFactory factory) {
        InetAddress address = properties.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new OpenToNetworkException(address == null ? "every address" : address.getHostAddress());
        }
    }
}

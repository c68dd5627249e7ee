package io.makolb.web.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;

class LoopbackOnlyTests {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1"})
    void theLoopbackIsServed(String address) {
        assertThatCode(() -> start(address)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "::", "2001:db8::1"})
    void anAddressOfTheNetworkStopsTheStart(String address) {
        OpenToNetworkException refused = catchThrowableOfType(OpenToNetworkException.class, () -> start(address));

        FailureAnalysis analysis = new OpenToNetworkAnalyzer().analyze(refused);
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription())
                .startsWith("server.address is ")
                .endsWith(": the API has no authentication and would be open to the network.");
        assertThat(analysis.getAction()).contains("ssh -L");
    }

    @Test
    void everyAddressStopsTheStartToo() {
        assertThat(catchThrowableOfType(OpenToNetworkException.class, () -> start(null)))
                .hasMessageStartingWith("server.address is every address:");
    }

    private static void start(@Nullable String address) throws UnknownHostException {
        ServerProperties properties = new ServerProperties();
        if (address != null) {
            properties.setAddress(InetAddress.getByName(address));
        }
        new LoopbackOnly(properties).customize(new TomcatServletWebServerFactory());
    }
}

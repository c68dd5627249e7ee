package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot work stops the start with one sentence and a remedy, instead of a stack trace. */
@LabTest
class StartFailureTests {

    /** One for each start: a plane that an earlier one left would make it wait instead of fail. */
    private Lab lab;

    @BeforeEach
    void build() {
        lab = Lab.up();
    }

    @AfterEach
    void end() {
        lab.close();
    }

    @Test
    void anInterfaceThatDoesNotExist() {
        assertThat(failure("--mako.dataplane.interfaces=nosuch0"))
                .contains("nosuch0", "eth0", "mako.dataplane.interfaces");
    }

    @Test
    void theLoopbackInNativeMode() {
        assertThat(failure("--mako.dataplane.interfaces=lo", "--mako.dataplane.mode=NATIVE"))
                .contains("lo", "GENERIC");
    }

    @Test
    void framesTooLargeForNativeMode() {
        lab.exec(
                Lab.BALANCER,
                "ip",
                "link",
                "add",
                "big0",
                "mtu",
                "9000",
                "type",
                "veth",
                "peer",
                "big1",
                "mtu",
                "9000");

        assertThat(failure("--mako.dataplane.interfaces=big0", "--mako.dataplane.mode=NATIVE"))
                .contains("big0", "MTU", "9000");
    }

    @Test
    void aPortThatIsTaken() throws IOException {
        String listen =
                "import socket; s = socket.create_server(('127.0.0.1', 8080)); print('held', flush=True); input()";
        Process holder = lab.in(Lab.BALANCER, "/usr/bin/python3", "-c", listen).start();
        assertThat(holder.inputReader().readLine()).isEqualTo("held");

        assertThat(failure()).contains("8080");
        holder.destroyForcibly();
    }

    @Test
    void aPinDirectoryThatAnotherProcessHolds() throws IOException {
        lab.exec(Lab.BALANCER, "mkdir", "-p", lab.pinPath().toString());
        Process holder = lab.in(Lab.BALANCER, "flock", lab.pinPath().toString(), "sh", "-c", "echo held; cat")
                .start();
        assertThat(holder.inputReader().readLine()).isEqualTo("held");

        assertThat(failure()).contains(lab.pinPath().toString(), Long.toString(holder.pid()));
        // What it ran holds the lock with it.
        holder.getOutputStream().close();
    }

    @Test
    void anAddressThatOthersCanReach() {
        assertThat(failure("--server.address=0.0.0.0")).contains("0.0.0.0", "server.address");
    }

    /** Starts Mako, which must end by itself, and answers its explanation. */
    private String failure(String... properties) {
        try (Mako mako = Mako.start(lab, properties)) {
            assertThat(mako.awaitEnd()).as(mako.log()).isNotZero();
            assertThat(mako.log())
                    .contains("APPLICATION FAILED TO START", "Description:", "Action:")
                    .doesNotContain("\tat ");
            return mako.log().substring(mako.log().indexOf("Description:"));
        }
    }
}

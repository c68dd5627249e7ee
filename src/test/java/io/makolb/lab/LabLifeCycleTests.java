package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@LabTest
class LabLifeCycleTests {

    @ParameterizedTest
    @ValueSource(strings = {"s1", "s2", "s3"})
    void everyRealServesTheVipToTheClient(String real) {
        try (Lab lab = Lab.up(Map.of("LAB_REALS", "3"))) {
            int number = 10 + Integer.parseInt(real.substring(1));
            lab.exec(Lab.ROUTER, "ip", "route", "add", Lab.VIP, "via", "10.77.%d.2".formatted(number));
            lab.exec(Lab.ROUTER, "ip", "-6", "route", "add", Lab.VIP6, "via", "fd77:%d::2".formatted(number));

            assertThat(lab.exec(Lab.CLIENT, "curl", "-sS", "http://" + Lab.VIP + "/"))
                    .startsWith("real " + real + ": hello 10.77.1.2");
            assertThat(lab.exec(Lab.CLIENT, "curl", "-sS", "http://[" + Lab.VIP6 + "]/"))
                    .startsWith("real " + real + ": hello fd77:1::2");
        }
    }

    @Test
    void nothingIsLeftBehind() {
        Lab lab = Lab.up(Map.of("LAB_SPREAD", "1"));
        Process process = lab.in(Lab.BALANCER, "sleep", "1000").start();
        lab.close();

        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
        assertThat(Command.of("ip", "netns", "list").run()).doesNotContain(lab.id());
        assertThat(lab.directory()).doesNotExist();
    }

    @Test
    void whatACrashLeftIsReplaced() {
        try (Lab lab = Lab.up()) {
            Process process = lab.in("s1", "sleep", "1000").start();
            lab.exec(Lab.BALANCER, "ip", "link", "del", "eth0");

            lab.rebuild();

            assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
            assertThat(lab.exec(Lab.BALANCER, "ip", "-br", "addr", "show", "dev", "eth0"))
                    .contains("10.77.2.2/24", "fd77:2::2/64");
        }
    }

    @Test
    void labsDoNotSeeEachOther() {
        try (Lab one = Lab.up();
                Lab other = Lab.up()) {
            one.close();

            assertThat(other.exec("s1", "ip", "-br", "addr", "show", "dev", "lo"))
                    .contains(Lab.VIP);
        }
    }
}

package io.makolb.web.stats;

import io.makolb.balancer.Balancer;
import io.makolb.model.Address;
import io.makolb.model.VipId;
import io.makolb.stats.Stats;
import io.makolb.stats.StatsSnapshot;
import io.makolb.web.http.Answers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Numbers, as of the last tick: asking for them costs the kernel nothing. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Statistics", description = "Counters and rates of the last second")
class StatsController {

    private static final double NANOS = 1e9;

    private final Stats stats;
    private final Balancer balancer;

    StatsController(Stats stats, Balancer balancer) {
        this.stats = stats;
        this.balancer = balancer;
    }

    @GetMapping("/stats")
    @Operation(
            summary = "Get the numbers of the whole plane",
            description = "As of the last second: asking costs the kernel nothing.")
    ResponseEntity<PlaneStatsBody> getStats() {
        StatsSnapshot now = stats.latest();
        return answer(PlaneStatsBody.of(null, now.total(), Rounded.to(now.at()), seconds(now)));
    }

    @GetMapping("/stats/cpus")
    @Operation(
            summary = "Get the numbers of every CPU",
            description = "A CPU that gets more than its share shows here.")
    ResponseEntity<CpuStatsBody> getCpuStats() {
        StatsSnapshot now = stats.latest();
        List<PlaneStatsBody> cpus = new ArrayList<>();
        for (int cpu = 0; cpu < now.cpus().size(); cpu++) {
            cpus.add(PlaneStatsBody.of(cpu, now.cpus().get(cpu), Rounded.to(now.at()), seconds(now)));
        }
        return answer(new CpuStatsBody(cpus));
    }

    @GetMapping("/vips/{vip}/stats")
    @Operation(summary = "Get the numbers of a VIP", description = "Over all reals of it.")
    ResponseEntity<VipStatsBody> getVipStats(@PathVariable VipId vip) {
        balancer.snapshot().configuration().require(vip);
        StatsSnapshot now = stats.latest();
        return answer(VipStatsBody.of(vip, now.vip(vip), Rounded.to(now.at()), seconds(now)));
    }

    @GetMapping("/reals/{address}/stats")
    @Operation(summary = "Get the numbers of a real", description = "Over all VIPs that use it.")
    ResponseEntity<RealStatsBody> getRealStats(@PathVariable Address address) {
        balancer.snapshot().configuration().require(address);
        StatsSnapshot now = stats.latest();
        return answer(RealStatsBody.of(address, now.real(address), Rounded.to(now.at()), seconds(now)));
    }

    private <B> ResponseEntity<B> answer(B body) {
        return Answers.untagged(balancer.snapshot(), body);
    }

    private static double seconds(StatsSnapshot snapshot) {
        return Rounded.to(snapshot.interval().toNanos() / NANOS, 3);
    }
}

package io.makolb.web.config;

import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.balancer.Balancers;
import io.makolb.balancer.Precondition;
import io.makolb.balancer.Submission;
import io.makolb.model.Change;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.store.StoreFailures;
import io.makolb.web.strict.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import tools.jackson.databind.json.JsonMapper;

/** A configuration file at the start, on a balancer with a real store. */
class ConfigFileTests {

    @TempDir
    private Path directory;

    private Balancers balancers;
    private Path path;
    private ConfigFile file;

    @BeforeEach
    void begin() {
        balancers = Balancers.start(directory);
        path = directory.resolve("config.json");
        file = file(path);
    }

    @AfterEach
    void end() {
        balancers.close();
    }

    private static ConfigFile file(Path path) {
        return new ConfigFile(
                new ConfigFileProperties(path),
                StrictJson.configure(JsonMapper.builder()).build());
    }

    private void write(String document) {
        try {
            Files.writeString(path, document);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start() {
        file = file(path);
        new ConfigFileAtStart(balancers.balancer(), file).start();
    }

    private Health health() {
        Health health = new ConfigFileHealthIndicator(file).health();
        assertThat(health).isNotNull();
        return health;
    }

    private static String document(int vip) {
        return "{\"vips\":{\"" + vip(vip) + "\":{}}}";
    }

    @Test
    void aNewFileIsTheConfiguration() {
        write(document(1));

        start();

        assertThat(balancers.balancer().snapshot().configuration().vips()).containsOnlyKeys(vip(1));
        assertThat(balancers.kernel().writes()).isPositive();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void whatWasChangedSinceItWasAppliedStays() {
        write(document(1));
        start();
        balancers.apply(putVip(2));
        long revision = balancers.balancer().snapshot().revision();

        balancers.restart();
        start();

        assertThat(balancers.balancer().snapshot().revision()).isEqualTo(revision);
        assertThat(balancers.balancer().snapshot().configuration().vips()).containsOnlyKeys(vip(1), vip(2));

        write(document(3));
        balancers.restart();
        start();

        assertThat(balancers.balancer().snapshot().configuration().vips()).containsOnlyKeys(vip(3));
    }

    /** It says what is in force already, so there is no revision; but it was applied, and is not applied again over later changes. */
    @Test
    void aFileThatChangesNothingIsRememberedAllTheSame() {
        balancers.apply(putVip(1));
        long revision = balancers.balancer().snapshot().revision();
        write(document(1));

        start();
        assertThat(balancers.balancer().snapshot().revision()).isEqualTo(revision);
        balancers.apply(putVip(2));
        balancers.crash();
        start();

        assertThat(balancers.balancer().snapshot().configuration().vips()).containsOnlyKeys(vip(1), vip(2));
    }

    @Test
    void aFileWhoseCommitFailedIsNotRemembered() {
        write(document(1));
        balancers.apply(putVip(5));
        balancers.failCommit(StoreFailures.full());
        start();
        assertThat(file.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.reason()).isEqualTo(Reason.STORE_FULL));

        balancers.restart();
        start();

        assertThat(balancers.balancer().snapshot().configuration().vips()).containsOnlyKeys(vip(1));
    }

    @Test
    void aBadFileStopsAStartWhileNothingForwards() {
        write("{\"vips\":{\"" + vip(1) + "\":{\"reals\":{\"10.0.0.1\":{\"wieght\":1}}}}}");

        assertThatThrownBy(this::start).isInstanceOfSatisfying(ConfigFileException.class, failure -> {
            assertThat(failure)
                    .hasMessageContainingAll(
                            "mako.config-file", path.toString(), "/vips/" + vip(1) + "/reals/10.0.0.1/wieght");
            assertThat(failure.remedy()).contains("weight");
        });
    }

    @Test
    void aBadFileLeavesAloneWhatForwardsAndIsSeenInTheHealth() {
        balancers.apply(putVip(7));
        write("{\"vips\":{\"10.0.0.0-80-tcp");

        start();

        assertThat(balancers.balancer().snapshot().configuration().vips()).containsOnlyKeys(vip(7));
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails().get("trouble").toString()).contains("The document is not JSON at line 1");
        assertThat(health().getDetails().get("remedy").toString()).contains("/config/reload");

        write(document(1));
        balancers.apply(file.read());
        file.applied();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(this::start).hasMessageContainingAll(path.toString(), "no such file");
        assertThatThrownBy(() -> file(directory).read()).hasMessageContaining("no regular file");
    }

    @Test
    void everyUnusableValueHasItsPointer() {
        write("{\"vips\":{\"" + vip(1) + "\":{\"reals\":{\"10.0.0.1\":{\"weight\":-1}}},\"x\":{}}}");

        assertThatThrownBy(() -> file.read()).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.INVALID_VALUE);
            assertThat(refusal.violations())
                    .extracting(violation -> violation.pointer())
                    .containsExactlyInAnyOrder("/vips/" + vip(1) + "/reals/10.0.0.1/weight", "/vips/x");
        });
    }

    @Test
    void anEmptyValueNamesNoFile() {
        assertThat(new ConfigFileProperties(Path.of("")).path()).isEmpty();
        assertThat(new ConfigFileProperties(null).path()).isEmpty();
        assertThatThrownBy(() -> file(Path.of("")).read()).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.reason()).isEqualTo(Reason.FEATURE_OFF);
            assertThat(refusal.remedy()).contains("mako.config-file");
        });
    }

    @Test
    void aDryRunOfItLeavesNoTrace() {
        write(document(1));
        Change change = file.read();

        Balancers.await(balancers.balancer().submit(new Submission(change, new Precondition.None(), "t", "", true)));

        assertThat(balancers.balancer().configFile()).isEmpty();
        assertThat(balancers.balancer().snapshot().configuration().vips()).isEmpty();
    }
}

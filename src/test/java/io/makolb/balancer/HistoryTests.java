package io.makolb.balancer;

import static io.makolb.balancer.Configurations.grid;
import static io.makolb.balancer.Configurations.member;
import static io.makolb.balancer.Configurations.putMember;
import static io.makolb.balancer.Configurations.putVip;
import static io.makolb.balancer.Configurations.real;
import static io.makolb.balancer.Configurations.replace;
import static io.makolb.balancer.Configurations.vip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.makolb.model.AttachMode;
import io.makolb.model.Change;
import io.makolb.model.Configuration;
import io.makolb.model.InterfaceSettings;
import io.makolb.model.RealAttributes;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.store.Retention;
import io.makolb.store.RevisionEntry;
import io.makolb.store.SqliteStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every revision can be had back exactly as it was, through restarts, and whatever the changes were. */
class HistoryTests {

    @TempDir
    private Path directory;

    private Balancers balancers;
    private History history;

    @BeforeEach
    void start() {
        balancers = Balancers.start(directory);
        history = new History(new SqliteStore(balancers.file(), Retention.DEFAULT));
    }

    @AfterEach
    void stop() {
        balancers.close();
    }

    private Change random(Random random, Configuration now) {
        InterfaceSettings generic = new InterfaceSettings(Optional.of(AttachMode.GENERIC), Optional.empty());
        return switch (random.nextInt(12)) {
            case 0 -> new Change.SetAttachment(random.nextBoolean());
            case 1 -> new Change.PutInterface("eth0", random.nextBoolean() ? generic : InterfaceSettings.DEFAULT);
            case 2 -> new Change.PutReal(real(1 + random.nextInt(3)), new RealAttributes(true));
            case 3 -> replace(grid(random.nextInt(4), 3, 12));
            default -> Configurations.random(random, now);
        };
    }

    @Test
    void everyRevisionIsRebuiltAsItWas() {
        Random random = new Random(20261123);
        Map<Long, Configuration> seen = new HashMap<>();
        Configuration now = Configuration.EMPTY;
        for (int n = 0; n < 300; n++) {
            seen.put(balancers.balancer().snapshot().revision(), now);
            try {
                now = balancers.apply(random(random, now)).snapshot().configuration();
            } catch (Refusal refusal) {
                assertThat(refusal.reason()).isIn(Reason.NOT_FOUND, Reason.FEATURE_OFF);
            }
        }
        long newest = balancers.balancer().snapshot().revision();
        seen.put(newest, now);
        assertThat(newest).isGreaterThan(100);
        balancers.restart();

        for (long n = 1; n <= newest; n++) {
            History.Revision revision = history.revision(n);
            assertThat(revision.after()).as("revision " + n).contains(seen.get(n));
            assertThat(revision.before()).as("before revision " + n).contains(seen.get(n - 1));
        }
    }

    @Test
    void changesThatSharedABatchAreToldApart() {
        balancers.apply(putVip(1));
        List<CompletableFuture<Outcome>> answers = new ArrayList<>();
        for (int n = 1; n <= 100; n++) {
            answers.add(balancers.submit(putMember(1, 1 + n % 5, n)));
        }
        for (CompletableFuture<Outcome> answer : answers) {
            Outcome outcome = Balancers.await(answer);
            assertThat(history.revision(outcome.revision()).after())
                    .contains(outcome.snapshot().configuration());
        }
    }

    @Test
    void rollingBackIsOneChangeAndPartOfTheHistory() {
        balancers.apply(replace(grid(3, 4, 12)));
        Configuration good = balancers.balancer().snapshot().configuration();
        balancers.apply(new Change.DeleteVip(vip(2)));
        balancers.apply(putMember(1, 99, 7));
        balancers.apply(new Change.SetAttachment(false));

        Configuration wanted = history.revision(1).after().orElseThrow();
        Outcome back =
                balancers.apply(new Change.ReplaceConfiguration(wanted, Optional.of(wanted.attached()), List.of()));

        assertThat(back.snapshot().configuration()).isEqualTo(good);
        assertThat(back.revision()).isEqualTo(5);
        assertThat(history.revision(5).after()).contains(good);
        assertThat(history.revision(4).after().orElseThrow().attached()).isFalse();
    }

    @Test
    void theDiffNamesAWholeVipOnceAndSingleRealsByThemselves() {
        balancers.apply(replace(grid(1, 3, 12)));
        balancers.apply(new Change.EditMembers(vip(1), List.of(member(40, 2)), List.of(real(5))));
        balancers.apply(new Change.DeleteVip(vip(1)));

        List<List<String>> diffs = history.page(Long.MAX_VALUE, 10).stream()
                .map(RevisionEntry::diff)
                .toList();
        String vip = "vips/" + vip(1);
        assertThat(diffs)
                .containsExactly(
                        List.of("- " + vip),
                        List.of("- " + vip + "/reals/10.0.0.5", "+ " + vip + "/reals/10.0.0.40"),
                        List.of("+ " + vip));
    }

    @Test
    void aRevisionThatNeverWasIsRefusedInWords() {
        Refusal none = catchThrowableOfType(Refusal.class, () -> history.revision(1));
        assertThat(none.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(none.detail()).contains("nothing was ever changed");
        balancers.apply(putVip(1));

        assertThat(catchThrowableOfType(Refusal.class, () -> history.revision(2))
                        .detail())
                .contains("go from 1 to 1");
    }

    @Test
    void whatAnAdoptionReplacedCanBeHadBack() {
        balancers.apply(replace(grid(2, 2, 12)));
        Path other = directory.resolve("other.db");
        balancers.restartOn(other);
        Snapshot adopted =
                Balancers.await(balancers.balancer().adopt(Balancer.AdoptFrom.KERNEL, "alice", "wrong disk"));

        History.Revision revision = new History(new SqliteStore(other, Retention.DEFAULT)).revision(adopted.revision());
        assertThat(revision.entry().author()).isEqualTo("alice");
        assertThat(revision.entry().message()).isEqualTo("adopted from KERNEL: wrong disk");
        assertThat(revision.before()).contains(Configuration.EMPTY);
        assertThat(revision.after()).contains(adopted.configuration());
        assertThat(revision.after().orElseThrow().vips()).hasSize(2);
        assertThat(new TreeMap<>(revision.after().orElseThrow().reals())).isEmpty();
    }
}

package io.makolb.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTests {

    private final Inbox inbox = new Inbox();

    private Pending offer(int vip) {
        Pending pending =
                new Pending(new Submission(Configurations.putVip(vip), new Precondition.None(), "tester", "", false));
        inbox.offer(pending);
        return pending;
    }

    private List<Pending> changes() throws InterruptedException {
        return inbox.take(0).changes();
    }

    /** A large change that departs in the same turn holds what waits; what was handed out with it would be made in its midst. */
    @Test
    void whatAHelperAsksForIsDoneBeforeAnyChangeIsHandedOut() throws InterruptedException {
        Pending waiting = offer(1);
        inbox.internally(inbox::hold);

        Inbox.Work first = inbox.take(0);
        first.internal().forEach(Runnable::run);

        assertThat(first.internal()).hasSize(1);
        assertThat(first.changes()).isEmpty();
        assertThat(changes()).as("while it is held").isEmpty();
        inbox.release();
        assertThat(changes()).containsExactly(waiting);
    }

    @Test
    void whatComesBackGoesFirstInSmallerBatchesThatGrow() throws InterruptedException {
        List<Pending> all = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            all.add(offer(1));
        }
        List<Pending> handedOut = changes();
        Pending late = offer(1);

        inbox.giveBack(handedOut, 2);

        assertThat(handedOut).isEqualTo(all);
        assertThat(changes()).isEqualTo(all.subList(0, 2));
        assertThat(changes()).isEqualTo(all.subList(2, 6));
        assertThat(changes()).hasSize(7).startsWith(all.get(6)).endsWith(late);
    }

    @Test
    void whatCameBackCanBeWithdrawn() throws InterruptedException {
        Pending pending = offer(1);
        inbox.giveBack(changes(), 1);

        assertThat(pending.answer().cancel(false)).isTrue();
        assertThat(changes()).isEmpty();
    }
}

package io.makolb.web.event;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.makolb.balancer.EventType;
import io.makolb.balancer.Events;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventControllerTests {

    /** The history is in the store, which may be unreadable when somebody wants to resume. */
    @Test
    void aStreamThatNeverBeginsTakesNoPlace() {
        Events unreadable = new Events() {
            @Override
            public Reader read(String after, Set<EventType> types) {
                throw new IllegalStateException("the store cannot be read");
            }
        };
        EventController controller = new EventController(unreadable, new EventProperties(Duration.ofSeconds(15), 1));

        for (int attempt = 1; attempt <= 2; attempt++) {
            assertThatThrownBy(() -> controller.streamEvents("configuration", "x"))
                    .as("attempt %s", attempt)
                    .hasMessage("the store cannot be read");
        }
    }
}

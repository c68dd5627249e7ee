package io.makolb.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The judge of the soak must be able to find something. */
class SingleHistoryTests {

    private final SingleHistory history = new SingleHistory();

    @Test
    void oneAfterTheOtherIsAHistory() {
        history.written("a", 1, 10, 0, 5);
        history.written("b", 2, 11, 1, 6);
        history.read("a", 1, 11, 7, 8);
        history.maybeWritten("a", 3);
        history.read("a", 3, 12, 9, 10);

        assertThat(history.violations()).isEmpty();
        assertThat(history.acknowledged()).isEqualTo(2);
        assertThat(history.unknown()).isEqualTo(1);
    }

    @Test
    void aLostWriteIsFound() {
        history.written("a", 1, 10, 0, 1);
        history.written("a", 2, 11, 2, 3);
        history.read("a", 1, 11, 4, 5);

        assertThat(history.violations()).singleElement().asString().contains("a is 1", "[2]");
    }

    @Test
    void twoWritesUnderOneRevisionAreFound() {
        history.written("a", 1, 10, 0, 5);
        history.written("b", 2, 10, 0, 5);

        assertThat(history.violations()).singleElement().asString().contains("both revision 10");
    }

    @Test
    void anAnswerFromThePastIsFound() {
        history.written("a", 1, 10, 0, 1);
        history.maybeWritten("b", 7);
        history.read("b", 7, 9, 2, 3);
        history.written("c", 1, 10, 4, 5);
        history.absent("a");

        assertThat(history.violations())
                .hasSize(4)
                .anyMatch(each -> each.startsWith("read of b began after write of 1 to a"))
                .anyMatch(each -> each.startsWith("a is gone"));
    }

    @Test
    void whatHappensAtOnceMayComeInAnyOrder() {
        history.written("a", 1, 11, 0, 10);
        history.written("b", 1, 10, 5, 15);
        history.read("a", 1, 10, 10, 20);

        assertThat(history.violations()).isEmpty();
    }
}

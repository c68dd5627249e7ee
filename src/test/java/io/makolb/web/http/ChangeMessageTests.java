package io.makolb.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.makolb.web.problem.ProblemException;
import io.makolb.web.problem.ProblemName;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ChangeMessageTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest("PUT", "/api/v1/config");

    /** A header as the container hands it on: every byte a character. */
    private void send(String message) {
        request.addHeader(
                ChangeMessage.HEADER,
                new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    @Test
    void noMessageIsEmpty() {
        assertThat(ChangeMessage.of(request)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticket 4711", "größer, weil 値段 \uD83D\uDE80", "Zürich \"quoted\" \\ {}", "سلام"})
    void whatClientsSendInUtf8Arrives(String message) {
        send(message);

        assertThat(ChangeMessage.of(request)).isEqualTo(message);
    }

    @Test
    void aMessageHasALimitInCharactersNotBytes() {
        send("\uD83D\uDE80".repeat(1000));
        assertThat(ChangeMessage.of(request)).hasSize(2000);

        request.removeHeader(ChangeMessage.HEADER);
        send("x".repeat(1001));
        assertThatThrownBy(() -> ChangeMessage.of(request))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("1001 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb", "a\u001b[31mred", "a\u0085b", "a\u2028b", "a\u202ecod.exe", "a\u2066b", "\u007f"})
    void whatWouldDisguiseALineIsRefused(String message) {
        send(message);

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> ChangeMessage.of(request));
        assertThat(problem.problem()).isEqualTo(ProblemName.INVALID_VALUE);
        assertThat(problem.detail()).contains("control character U+");
    }

    @Test
    void anotherEncodingIsRefused() {
        request.addHeader(ChangeMessage.HEADER, "gr\u00f6\u00dfer");

        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> ChangeMessage.of(request));
        assertThat(problem.problem()).isEqualTo(ProblemName.MALFORMED_HEADER);
        assertThat(problem.remedy()).contains("UTF-8");
    }

    @Test
    void twoMessagesAreRefused() {
        send("one");
        send("two");

        assertThatThrownBy(() -> ChangeMessage.of(request)).hasMessageContaining("2 times");
    }
}

package io.makolb.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.makolb.balancer.Precondition;
import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import io.makolb.web.problem.ProblemException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.ServletWebRequest;

class WriteCallResolverTests {

    private final MockHttpServletRequest request = new MockHttpServletRequest("PUT", "/api/v1/config");

    @Test
    void everythingThatComesWithAWriteIsRead() throws NoSuchMethodException {
        request.addHeader("If-Match", "\"1\"");
        request.addHeader("If-Match", "\"2\"");
        request.addHeader("X-Change-Message", "ticket 4711");
        request.setParameter("dryRun", "true");
        request.setRemoteAddr("127.0.0.1");

        assertThat(resolve(false))
                .isEqualTo(new WriteCall(
                        new Precondition.IfMatch(Set.of(1L, 2L)), "127.0.0.1", "ticket 4711", true, false));
    }

    @Test
    void aWriteWithoutPreconditionIsRefusedWhereOneIsRequired() throws NoSuchMethodException {
        Refusal refused = catchThrowableOfType(Refusal.class, () -> resolve(true));
        assertThat(refused.reason()).isEqualTo(Reason.PRECONDITION_REQUIRED);

        request.addHeader("If-None-Match", "*");
        assertThat(resolve(true).precondition()).isEqualTo(new Precondition.IfAbsent());
    }

    @Test
    void aFlagIsTrueOrFalse() {
        request.setParameter("force", "TRUE");

        assertThatThrownBy(() -> resolve(false)).isInstanceOf(ProblemException.class);
    }

    private WriteCall resolve(boolean required) throws NoSuchMethodException {
        MethodParameter parameter = new MethodParameter(getClass().getDeclaredMethod("handler", WriteCall.class), 0);
        return (WriteCall)
                new WriteCallResolver(required).resolveArgument(parameter, null, new ServletWebRequest(request), null);
    }

    void handler(WriteCall call) {}
}

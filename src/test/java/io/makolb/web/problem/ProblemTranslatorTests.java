package io.makolb.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.makolb.model.Reason;
import io.makolb.model.Refusal;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ProblemTranslatorTests {

    @Test
    void aDefectIsAnsweredWithANumberAndNothingElse() {
        ProblemException problem = ProblemTranslator.translate(
                new IllegalStateException("password=secret at io.makolb.Secret"), "/api/v1/vips");

        assertThat(problem.problem()).isEqualTo(ProblemName.INTERNAL_ERROR);
        assertThat(problem.detail()).matches("Something failed that should not: incident [0-9a-f]{8}\\.");
        assertThat(problem.remedy()).doesNotContain("secret", "io.makolb");
    }

    @Test
    void aRefusalIsFoundUnderWhateverWrapsIt() {
        Refusal refusal = new Refusal(Reason.KERNEL_MEMORY, "No memory.", "Free some.", List.of(), 12, null);

        ProblemException problem = ProblemTranslator.translate(new CompletionException(refusal), "/api/v1/vips");

        assertThat(problem.problem()).isEqualTo(ProblemName.KERNEL_MEMORY);
        assertThat(problem.detail()).isEqualTo("No memory.");
        assertThat(problem.remedy()).isEqualTo("Free some.");
        assertThat(problem.errno()).isEqualTo(12);
    }
}

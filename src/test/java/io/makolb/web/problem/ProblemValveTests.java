package io.makolb.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.CoyoteAdapter;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.OutputBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said to a request of which the container has read nothing but the first line. Over a socket that takes a race: the
 * connector must be paused between two instructions of a worker.
 */
class ProblemValveTests {

    private final Tomcat tomcat = new Tomcat();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private Connector connector;

    @BeforeEach
    void start() throws LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        connector = tomcat.getConnector();
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void whatIsNoHttpIsTheClientsFault() {
        assertThat(report().getStatus()).isEqualTo(400);
        assertThat(sent.toString(StandardCharsets.UTF_8)).contains("problem/bad-request", "\"status\":400");
    }

    @Test
    void whatComesDuringAShutdownIsToldToComeAgain() {
        connector.pause();

        Response response = report();

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(sent.toString(StandardCharsets.UTF_8))
                .contains("problem/writer-busy", "\"status\":503", "Mako is shutting down.");
    }

    private Response report() {
        org.apache.coyote.Response answer = new org.apache.coyote.Response();
        answer.setOutputBuffer(new Sink());
        org.apache.coyote.Request asked = new org.apache.coyote.Request();
        asked.setResponse(answer);
        Request request = connector.createRequest(asked);
        asked.setNote(CoyoteAdapter.ADAPTER_NOTES, request);
        Response response = connector.createResponse(answer);
        request.setResponse(response);
        response.setRequest(request);
        response.setStatus(400);
        response.setError();
        new ProblemValve().report(request, response, null);
        return response;
    }

    private final class Sink implements OutputBuffer {
        @Override
        public int doWrite(ByteBuffer chunk) throws IOException {
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            sent.write(bytes);
            return bytes.length;
        }

        @Override
        public long getBytesWritten() {
            return sent.size();
        }
    }
}

package io.makolb.web.problem;

import io.makolb.balancer.Balancer;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Gives problems their form, for controllers and for everything in front of them. */
@Component
public final class ProblemWriter {

    private static final String PROBLEM = ProblemWriter.class.getName() + ".problem";

    private final JsonMapper mapper;
    private final ObjectProvider<Balancer> balancer;

    ProblemWriter(JsonMapper mapper, ObjectProvider<Balancer> balancer) {
        this.mapper = mapper;
        this.balancer = balancer;
    }

    /** The answer of a controller. */
    ResponseEntity<ProblemBody> answer(ProblemException problem, HttpServletRequest request) {
        request.setAttribute(PROBLEM, problem.problem());
        HttpHeaders headers = new HttpHeaders();
        problem.headers().forEach(headers::set);
        return ResponseEntity.status(problem.problem().status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemBody.of(problem, request.getRequestURI(), revision()));
    }

    /** Answers where no controller was asked. */
    public void write(ProblemException problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        request.setAttribute(PROBLEM, problem.problem());
        Object forwarded = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = forwarded == null ? request.getRequestURI() : forwarded.toString();
        response.setStatus(problem.problem().status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        problem.headers().forEach(response::setHeader);
        byte[] body = mapper.writeValueAsBytes(ProblemBody.of(problem, path, null));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The problem that a request was answered with. */
    public static Optional<ProblemName> problemOf(HttpServletRequest request) {
        return Optional.ofNullable((ProblemName) request.getAttribute(PROBLEM));
    }

    private @Nullable Long revision() {
        Balancer writer = balancer.getIfAvailable();
        return writer == null ? null : writer.snapshot().revision();
    }
}

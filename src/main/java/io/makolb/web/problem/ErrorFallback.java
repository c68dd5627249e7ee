package io.makolb.web.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what the servlet container forwards to its error page: refusals by filters and by the container itself. */
@Hidden
@Controller
class ErrorFallback implements ErrorController {

    private final ProblemWriter writer;

    ErrorFallback(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String asked = path == null ? request.getRequestURI() : path.toString();
        writer.write(problem(status instanceof Integer code ? code : 404, asked), request, response);
    }

    private static ProblemException problem(int status, String path) {
        return switch (status) {
            case 400 ->
                new ProblemException(
                        ProblemName.BAD_REQUEST,
                        "The request is not well-formed: its body ended before its announced length, or its chunks are broken.",
                        "Check the client, and what stands between it and this server.");
            case 404 -> ProblemTranslator.noSuchPath(path);
            case 405 ->
                ProblemTranslator.plain(ProblemName.METHOD_NOT_ALLOWED, "This resource does not have this method.");
            case 406 ->
                ProblemTranslator.plain(
                        ProblemName.NOT_ACCEPTABLE, "The answer has no form that the Accept header admits.");
            case 408 ->
                ProblemTranslator.plain(ProblemName.REQUEST_TIMEOUT, "The rest of the body did not come in time.");
            case 413 -> ProblemTranslator.plain(ProblemName.BODY_TOO_LARGE, "The body is too large.");
            default -> ProblemTranslator.plain(ProblemName.INTERNAL_ERROR, "Something failed that should not.");
        };
    }
}

package io.makolb.web.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/** Answers whatever goes wrong in a controller or on the way to it. */
@Hidden
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemHandler {

    private final ProblemWriter writer;

    ProblemHandler(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler
    @Nullable ResponseEntity<ProblemBody> answer(Exception e, HttpServletRequest request) {
        if (e instanceof AsyncRequestNotUsableException) {
            return null; // the client of a stream hung up: nobody is there to read an answer
        }
        return writer.answer(ProblemTranslator.translate(e, request.getRequestURI()), request);
    }
}

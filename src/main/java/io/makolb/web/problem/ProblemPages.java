package io.makolb.web.problem;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** One page for each problem: what it means, what usually leads to it, what to do. */
@Hidden
@RestController
@RequestMapping("/problems")
class ProblemPages {

    /** One entry of the catalogue. */
    record Page(String name, String type, int status, String title, String meaning, String cause, String remedy) {
        static Page of(ProblemName problem) {
            return new Page(
                    problem.toString(),
                    problem.type(),
                    problem.status(),
                    problem.title(),
                    problem.meaning(),
                    problem.cause(),
                    problem.remedy());
        }
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    List<Page> all() {
        return Arrays.stream(ProblemName.values()).map(Page::of).toList();
    }

    @GetMapping(produces = MediaType.TEXT_HTML_VALUE)
    String allAsHtml() {
        return Arrays.stream(ProblemName.values())
                .map(name -> "<li><a href=\"/problems/" + name + "\">" + name + "</a>: " + name.status() + ", "
                        + HtmlUtils.htmlEscape(name.title()) + "</li>\n")
                .collect(Collectors.joining("", html("Problems") + "<ul>\n", "</ul>\n"));
    }

    @GetMapping(path = "/{name}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Page> one(@PathVariable String name) {
        return ResponseEntity.ok(Page.of(named(name)));
    }

    @GetMapping(path = "/{name}", produces = MediaType.TEXT_HTML_VALUE)
    String oneAsHtml(@PathVariable String name) {
        ProblemName problem = named(name);
        return html(problem.toString())
                + "<p><b>" + problem.status() + " " + HtmlUtils.htmlEscape(problem.title()) + "</b></p>\n"
                + "<p>" + HtmlUtils.htmlEscape(problem.meaning()) + "</p>\n"
                + "<p>Usual cause: " + HtmlUtils.htmlEscape(problem.cause()) + "</p>\n"
                + "<p>Remedy: " + HtmlUtils.htmlEscape(problem.remedy()) + "</p>\n"
                + "<p><a href=\"/problems\">All problems</a></p>\n";
    }

    private static String html(String title) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title>\n<h1>" + title
                + "</h1>\n";
    }

    private static ProblemName named(String name) {
        return Arrays.stream(ProblemName.values())
                .filter(problem -> problem.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemName.NOT_FOUND,
                        "There is no problem named '" + name + "'.",
                        "They are listed at /problems."));
    }
}

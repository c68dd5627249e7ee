package io.makolb.examples;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command of a document, with what stands below it as its output: lines behind four spaces, the command behind a dollar.
 * "..." in the output stands for anything. Of the headers of an answer, only some need to be shown.
 *
 * @param command one line or several
 * @param output as it stands, without the four spaces; empty: not shown
 * @param from index of the first line of the output in the document
 * @param to index behind its last line
 */
record DocumentedCommand(String command, List<String> output, int from, int to) {

    private static final String INDENT = "    ";
    private static final String PROMPT = INDENT + "$ ";
    private static final String TESTED = "<!-- tested -->";

    /** The commands of the sections that are marked as tested, in their order. */
    static List<DocumentedCommand> in(List<String> document) {
        List<DocumentedCommand> commands = new ArrayList<>();
        boolean tested = false;
        for (int i = 0; i < document.size(); i++) {
            if (document.get(i).startsWith("## ")) {
                tested = false;
            }
            tested |= document.get(i).equals(TESTED);
            if (tested && document.get(i).startsWith(PROMPT)) {
                commands.add(at(document, i));
            }
        }
        return commands;
    }

    private static DocumentedCommand at(List<String> document, int start) {
        StringBuilder command = new StringBuilder(document.get(start).substring(PROMPT.length()));
        int from = start + 1;
        while (command.toString().endsWith("\\")) {
            command.append('\n').append(document.get(from++).substring(INDENT.length()));
        }
        int to = from;
        for (int i = from; i < document.size() && isBlankOrOutput(document.get(i)); i++) {
            if (!document.get(i).isBlank()) {
                to = i + 1;
            }
        }
        List<String> output = document.subList(from, to).stream()
                .map(line -> line.isBlank() ? "" : line.substring(INDENT.length()))
                .toList();
        return new DocumentedCommand(command.toString(), output, from, to);
    }

    private static boolean isBlankOrOutput(String line) {
        return line.isBlank() || (line.startsWith(INDENT) && !line.startsWith(PROMPT));
    }

    /** What the document would show of what the command printed. */
    List<String> shown(String printed) {
        List<String> lines = printed.strip().lines().map(String::stripTrailing).toList();
        if (output.isEmpty() || !output.get(0).startsWith("HTTP/")) {
            return lines;
        }
        int body = lines.indexOf("");
        Set<String> names = output.stream()
                .takeWhile(line -> !line.isEmpty())
                .map(DocumentedCommand::headerName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Stream<String> head = lines.subList(0, body < 0 ? lines.size() : body).stream()
                .filter(line -> line.startsWith("HTTP/") || names.contains(headerName(line)));
        return Stream.concat(head, body < 0 ? Stream.of() : lines.subList(body, lines.size()).stream())
                .toList();
    }

    private static String headerName(String line) {
        return line.contains(":") ? line.substring(0, line.indexOf(':')) : line;
    }

    /** Whether the output that stands in the document fits what was printed, revisions and entity tags aside. */
    boolean fits(String printed) {
        String pattern = Stream.of(normalised(String.join("\n", output)).split(Pattern.quote("..."), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining("(?s:.*)"));
        return normalised(String.join("\n", shown(printed))).matches(pattern);
    }

    private static String normalised(String text) {
        return text.replaceAll("([rR]evision\"?: ?)[0-9]+", "$1N").replaceAll("\\\\?\"[0-9]+\\\\?\"", "\"N\"");
    }
}

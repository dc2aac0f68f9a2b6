package io.driftrec.evaluation.protocol;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command from outside, as people write it: {@code name=command {in} {out}}. No shell reads it: words are split at spaces, quotes
 * keep spaces, and nothing else has a meaning.
 *
 * @param name of the method
 * @param text the command as written
 * @param words of the command, the program first
 * @param extension of the file that it writes, {@code png} unless {@code {out.jpg}} or the like says otherwise
 */
public record PeerTemplate(String name, String text, List<String> words, String extension) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9][A-Za-z0-9 ._+-]{0,39})=(.+)", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final Pattern OUT = Pattern.compile("\\{out(?:\\.([A-Za-z0-9]{1,5}))?}");
    private static final String IN = "{in}";

    public PeerTemplate {
        words = List.copyOf(words);
    }

    /**
     * Reads an option's value.
     *
     * @throws IllegalArgumentException naming the value and what would be right
     */
    public static PeerTemplate parse(String option) {
        Matcher form = FORM.matcher(option);
        if (!form.matches()) {
            throw wrong(option, "it must be name=command {in} {out}");
        }
        String command = form.group(2).strip();
        List<String> words = words(option, command);
        Matcher out = OUT.matcher(command);
        if (!command.contains(IN) || !out.find()) {
            throw wrong(option, "{in} must stand for the JPEG file and {out} or {out.jpg} for the file to write");
        }
        String extension = out.group(1) == null ? "png" : out.group(1);
        while (out.find()) {
            if (!extension.equals(out.group(1) == null ? "png" : out.group(1))) {
                throw wrong(option, "it has two different outputs");
            }
        }
        return new PeerTemplate(form.group(1), command, words, extension);
    }

    /** The command for one image. */
    List<String> command(Path in, Path out) {
        List<String> command = new ArrayList<>();
        for (String word : words) {
            command.add(OUT.matcher(word)
                    .replaceAll(Matcher.quoteReplacement(out.toString()))
                    .replace(IN, in.toString()));
        }
        return command;
    }

    private static List<String> words(String option, String command) {
        String rest = WORD.matcher(command).replaceAll("");
        if (!rest.isBlank()) {
            throw wrong(option, "a quote is not closed");
        }
        return WORD.matcher(command)
                .results()
                .map(word -> word.group().replaceAll("\"([^\"]*)\"|'([^']*)'", "$1$2"))
                .toList();
    }

    private static IllegalArgumentException wrong(String option, String right) {
        return new IllegalArgumentException("peer '" + option + "': " + right);
    }
}

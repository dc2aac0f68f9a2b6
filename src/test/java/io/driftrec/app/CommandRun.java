package io.driftrec.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** One run of {@code driftrec} in this process, as its caller sees it. */
record CommandRun(int exitCode, String out, String err) {
    static CommandRun of(String... arguments) {
        return with(Map.of(), arguments);
    }

    static CommandRun with(Map<String, String> environment, String... arguments) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
        try {
            int exitCode = Main.run(List.of(arguments), environment);
            return new CommandRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }
}

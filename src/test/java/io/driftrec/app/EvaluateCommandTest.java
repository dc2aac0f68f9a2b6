package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.evaluation.protocol.TestImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code driftrec evaluate} with the real network over two small images. */
class EvaluateCommandTest {
    @TempDir
    private Path directory;

    private Path clean;
    private Path out;

    @BeforeEach
    void writeImages() throws Exception {
        clean = directory.resolve("clean");
        out = directory.resolve("out");
        TestImages.write(clean.resolve("a.png"), 72, 64, 1);
        TestImages.write(clean.resolve("sub/b.png"), 64, 70, 2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void shouldEvaluateFromCleanImagesToReports() throws Exception {
        CommandRun run = evaluate(
                "--quality=10",
                "--double=10,30",
                "--shift=4,4",
                "--crop=64",
                "--sampler=x0,2m:2",
                "--samples=1,2",
                "--peer",
                "copy=cp {in} {out.jpg}",
                "--peer",
                "bad=false {in} {out}",
                "--strips=1");

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out())
                .contains("2 images, 2 conditions, 8 methods; 4 of 32 restorations and measurements failed.")
                .contains(out.toRealPath().resolve("report.html").toString());
        List<String> csv = Files.readAllLines(out.resolve("results.csv"));
        assertThat(csv).hasSize(1 + 32);
        assertThat(row(csv, "q10,a,small-ouve/x0/mean-of-2,")).startsWith("2,");
        assertThat(row(csv, "double-10-30-shift-4-4,sub/b,small-ouve/2m:2,")).startsWith("2,");
        assertThat(row(csv, "q10,sub/b,bad,")).endsWith("exit code 1");
        assertThat(psnr(csv, "q10,a,copy,")).isEqualTo(psnr(csv, "q10,a,jpeg,"));
        assertThat(psnr(csv, "q10,a,small-ouve/x0,")).isGreaterThan(10);
        assertThat(out.resolve("report.html")).content().contains("no weights", "data:image/png;base64,");
        assertThat(out.resolve("report.md")).content().contains("small-ouve/2m:2/mean-of-2");
        assertThat(out.resolve("images/q10/a/small-ouve_x0.png")).exists();
        assertThat(out.resolve("images/q10/b")).doesNotExist();
        try (var left = Files.list(out)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "report.html", "report.md", "results.csv", "summary.json", "journal.jsonl", "images");
        }
    }

    @Test
    void shouldGoOnWhereItWasAndRefuseOtherSettings() throws Exception {
        assertThat(evaluate("--quality=10", "--limit=1", "--sampler=x0").exitCode())
                .isZero();
        List<String> first = Files.readAllLines(out.resolve("journal.jsonl"));

        CommandRun second = evaluate("--quality=10", "--sampler=x0,2m:1");
        CommandRun other = evaluate("--quality=10", "--sampler=x0", "--seed=2");

        assertThat(second.exitCode()).as(second.err()).isZero();
        List<String> lines = Files.readAllLines(out.resolve("journal.jsonl"));
        assertThat(lines).startsWith(first.toArray(String[]::new));
        assertThat(lines.subList(first.size(), lines.size()))
                .as("one line of settings; 2m:1 for a, four methods for b")
                .hasSize(1 + 1 + 4);
        assertThat(other.exitCode()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(other.err()).contains("seed = 1", "2 now", "another folder");
    }

    @Test
    void shouldClassifyTheImagesThatHaveALabel() throws Exception {
        Path labels = Files.writeString(directory.resolve("labels.csv"), "file,index,name\nsub/b.png,3,\"a, b\"\n");

        CommandRun run = evaluate(
                "--quality=5",
                "--sampler=x0",
                "--labels=" + labels,
                "--classifier=src/test/resources/evaluation/classifier.pt",
                "--classifier-input=32,32");

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> csv = Files.readAllLines(out.resolve("results.csv"));
        assertThat(csv.get(0)).contains(",classifier top-1,classifier top-5,classifier cross-entropy,");
        assertThat(row(csv, "q5,sub/b,clean,").split(",")[8])
                .as("cross-entropy")
                .matches("\\d+\\.\\d+");
        assertThat(row(csv, "q5,sub/b,small-ouve/x0,").split(",")[6])
                .as("top-1")
                .matches("0\\.0|1\\.0");
        assertThat(row(csv, "q5,a,small-ouve/x0,").split(",", -1)[6])
                .as("no label")
                .isEmpty();
        assertThat(out.resolve("report.html")).content().contains("Classification of the images");
    }

    @Test
    void shouldSayWhatIsWrongBeforeAnythingIsDone() throws Exception {
        assertThat(evaluate("--quality=200").err()).contains("200", "0 to 100");
        assertThat(evaluate("--sampler=3m").err()).contains("3m", "2m");
        assertThat(evaluate("--model=none").err()).contains("'none'", "small-ouve");
        assertThat(evaluate("--double=10").err()).contains("'10'", "10,30");
        assertThat(evaluate("--peer=x").err()).contains("'x'", "{in}");
        assertThat(evaluate("--labels=absent.csv").err()).contains("absent.csv");
        assertThat(evaluate("--strip-side=0").err()).contains("side of strips is 0", "at least 16");
        assertThat(evaluate("--sampler=ot-ode").err()).contains("ot-ode", "fits none of the models", "ouve");
        assertThat(evaluate("--crop=8", "--sampler=x0").err()).contains("crop is 8", "at least 16");
        Path labels = Files.writeString(directory.resolve("labels.csv"), "other.png,3\n");
        assertThat(evaluate("--labels=" + labels, "--classifier=src/test/resources/evaluation/classifier.pt")
                        .err())
                .contains("--labels has none of the 2 images, such as a");
        assertThat(out.resolve("journal.jsonl")).doesNotExist();
        assertThat(evaluate("--classifier=MobileNet").err()).contains("--labels");
        assertThat(evaluate("--metric-weights=absent").err()).contains("absent");
        assertThat(evaluate("--feature-maps").err()).contains("squeezenet1_1_lpips_v0.1.safetensors");
        CommandRun empty = CommandRun.of(
                "evaluate", Files.createDirectories(directory.resolve("empty")).toString(), "--out", out.toString());
        assertThat(empty.exitCode()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(empty.err()).contains("no images").hasLineCount(1);
    }

    private CommandRun evaluate(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("evaluate", clean.toString(), "--out", out.toString(), "--device=cpu"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** What follows the first three fields. */
    private static String row(List<String> csv, String start) {
        return csv.stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow()
                .substring(start.length());
    }

    private static double psnr(List<String> csv, String start) {
        return Double.parseDouble(row(csv, start).split(",")[2]);
    }
}

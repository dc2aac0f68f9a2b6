package io.driftrec.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageEncoder;
import io.driftrec.image.ImageFormat;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.Picture;
import io.driftrec.network.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code driftrec restore} with the real network. */
class RestoreCommandTest {
    @TempDir
    private Path directory;

    private Path in;
    private Path out;

    @BeforeEach
    void createFolders() throws Exception {
        in = Files.createDirectories(directory.resolve("in/sub folder")).getParent();
        out = directory.resolve("out");
    }

    @Test
    void shouldRestoreFilesAndFoldersUnderTheirNames() throws Exception {
        image(in.resolve("one.jpg"), ImageFormat.JPEG, 33, 20);
        image(in.resolve("sub folder/zwei ü.png"), ImageFormat.PNG, 1, 1);
        Path single = image(directory.resolve("three.webp"), ImageFormat.WEBP, 70, 9);
        Files.writeString(in.resolve("notes.txt"), "no image");

        CommandRun run = restore(Map.of(), List.of(in.toString(), single.toString()), "--sampler=x0");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("3 restored, 0 failed, 3 evaluations, ").contains("results in " + out);
        assertSize(out.resolve("one.png"), 33, 20);
        assertSize(out.resolve("sub folder/zwei ü.png"), 1, 1);
        assertSize(out.resolve("three.png"), 70, 9);
    }

    @Test
    void shouldRestoreTheOthersAndSayWhichImageFailed() throws Exception {
        image(in.resolve("good.png"), ImageFormat.PNG, 8, 8);
        Files.writeString(in.resolve("bad.png"), "no image");
        byte[] whole = Files.readAllBytes(image(in.resolve("cut.jpg"), ImageFormat.JPEG, 64, 64));
        Files.write(in.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length / 2));

        CommandRun run = restore(Map.of(), List.of(in.toString()), "--sampler=x0");

        assertThat(run.exitCode()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(run.out()).contains("1 restored, 2 failed, ");
        assertThat(run.err()).contains("bad: UNSUPPORTED_FORMAT ", "cut: CORRUPT_IMAGE ");
        assertSize(out.resolve("good.png"), 8, 8);
        assertThat(out.resolve("bad.png")).doesNotExist();
        assertThat(out.resolve("cut.png")).doesNotExist();
    }

    @Test
    void shouldGiveTheSamePixelsForTheSameSeedOnly() throws Exception {
        Path image = image(in.resolve("a.png"), ImageFormat.PNG, 40, 30);
        List<byte[]> results = new ArrayList<>();
        for (String seed : List.of("3", "3", "4")) {
            CommandRun run = restore(
                    Map.of(), List.of(image.toString()), "--sampler=euler-maruyama", "--steps=2", "--seed=" + seed);
            assertThat(run.exitCode()).as(run.err()).isZero();
            results.add(Files.readAllBytes(out.resolve("a.png")));
        }

        assertThat(results.get(1)).isEqualTo(results.get(0));
        assertThat(results.get(2)).isNotEqualTo(results.get(0));
    }

    @Test
    void shouldTakeOptionsFromTheCommandLineTheEnvironmentAndTheFile() throws Exception {
        Path image = image(in.resolve("a.png"), ImageFormat.PNG, 8, 8);
        Path config = Files.writeString(
                directory.resolve("driftrec.properties"), "sampler=2m\nsteps=3\nformat=jpeg\nprecision=fp32\n", UTF_8);

        CommandRun run = restore(
                Map.of("DRIFTREC_FORMAT", "webp", "DRIFTREC_STEPS", "4"),
                List.of(image.toString()),
                "--config=" + config,
                "--steps=2");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).as("2 steps of 2m, from command line and file").contains(" 2 evaluations, ");
        assertThat(out.resolve("a.webp")).as("format of the environment").exists();
    }

    @Test
    void shouldNotStartWhenThereIsNothingToRestoreOrTwoResultsWouldMeet() throws Exception {
        assertThat(restore(Map.of(), List.of(in.toString())).err()).contains("no images");
        assertThat(restore(Map.of(), List.of("nowhere")).err()).contains("nowhere: no such file");
        Path one = image(in.resolve("a.png"), ImageFormat.PNG, 8, 8);
        Path other = image(in.resolve("a.jpg"), ImageFormat.JPEG, 8, 8);

        CommandRun run = restore(Map.of(), List.of(one.toString(), other.toString()));

        assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(run.err()).contains("same result name 'a'").hasLineCount(1);
    }

    @Test
    void shouldNotStartWhenAModelAnswersWithNoNumbers() throws Exception {
        Path image = image(in.resolve("a.png"), ImageFormat.PNG, 8, 8);
        Path models = directory.resolve("models");
        TinyModel.write(models, "sound", 1);
        TinyModel.writeDiverged(models, "diverged", 2);

        CommandRun run = restore(Map.of(), List.of(image.toString()), "--models=" + models, "--default-model=sound");

        assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(run.err()).contains("diverged", "NaN");
    }

    @Test
    void shouldNotOverwriteASource() throws Exception {
        Path image = image(in.resolve("a.png"), ImageFormat.PNG, 8, 8);
        byte[] before = Files.readAllBytes(image);

        CommandRun run = CommandRun.of("restore", image.toString(), "--out", in.toString(), "--sampler=x0");

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("a.png").contains("source itself");
        assertThat(image).hasBinaryContent(before);
    }

    private CommandRun restore(Map<String, String> environment, List<String> inputs, String... more) {
        List<String> arguments = new ArrayList<>(List.of("restore", "--out", out.toString(), "--device=cpu"));
        arguments.addAll(List.of(more));
        arguments.addAll(inputs);
        return CommandRun.with(environment, arguments.toArray(String[]::new));
    }

    private static Path image(Path file, ImageFormat format, int width, int height) throws Exception {
        return Files.write(file, encoded(format, width, height));
    }

    static byte[] png(int width, int height) {
        return encoded(ImageFormat.PNG, width, height);
    }

    private static byte[] encoded(ImageFormat format, int width, int height) {
        float[] planes = new float[3 * width * height];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (float) (0.5 + 0.4 * Math.sin(0.1 * i));
        }
        return ImageEncoder.encode(Picture.rgb(width, height, planes), format, 30);
    }

    private static void assertSize(Path file, int width, int height) throws Exception {
        Picture restored = ImageDecoder.decode(Files.readAllBytes(file), ImageLimits.DEFAULT);
        assertThat(restored.width()).isEqualTo(width);
        assertThat(restored.height()).isEqualTo(height);
    }
}

package io.driftrec.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.Rgb8;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Peers are programs of a POSIX system here. */
@DisabledOnOs(OS.WINDOWS)
class PeerCommandTest {
    @TempDir
    private Path directory;

    private Path work;
    private DamagedImage image;

    @BeforeEach
    void damage() throws Exception {
        work = Files.createDirectories(directory.resolve("work of peers"));
        image = DamagedImage.of(
                TestImages.clean(directory, "one", 1),
                new Condition.Single(10, ChromaSubsampling.CHROMA_420),
                1,
                OptionalInt.empty(),
                ImageLimits.DEFAULT);
    }

    @Test
    void shouldReadWhatTheProgramWrote() throws Exception {
        Attempt attempt = run("copy=cp {in} {out.jpg}", 60);

        Attempt.Restored restored = (Attempt.Restored) attempt;
        assertThat(restored.image().samples())
                .isEqualTo(Rgb8.of(ImageDecoder.decode(image.jpeg(), ImageLimits.DEFAULT))
                        .samples());
        assertThat(restored.evaluations()).isZero();
        assertThat(restored.seconds()).isPositive();
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void shouldSayWhyTheProgramFailed() throws Exception {
        Path script = Files.writeString(directory.resolve("peer.sh"), "echo first; echo no such model >&2; exit 7\n");

        assertThat(reason("bad=sh " + script + " {in} {out}")).isEqualTo("exit code 7: no such model");
        assertThat(reason("silent=false {in} {out}")).isEqualTo("exit code 1");
        assertThat(reason("absent=no-such-program-anywhere {in} {out}")).contains("no-such-program-anywhere");
        assertThat(reason("idle=true {in} {out}")).isEqualTo("it ended well but wrote no out.png");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void shouldRunWhereTheCallerIsAndDeleteWhatTheProgramLeaves() throws Exception {
        Path script =
                Files.writeString(directory.resolve("peer.sh"), "mkdir -p \"${2%/*}/deep/er\" && cp \"$1\" \"$2\"\n");
        Path relative = Path.of("").toAbsolutePath().relativize(script);

        Attempt attempt = run("littering=sh " + relative + " {in} {out.jpg}", 60);

        assertThat(attempt).isInstanceOf(Attempt.Restored.class);
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void shouldRefuseOutputThatIsNoImageOfTheSameSize() throws Exception {
        Path other = TestImages.write(directory.resolve("other.png"), 20, 10, 2);
        Path text = Files.writeString(directory.resolve("text"), "no image");

        assertThat(reason("small=sh -c 'cp %s \"$2\"' x {in} {out}".formatted(other)))
                .isEqualTo("it wrote 20x10, the JPEG has 40x32");
        assertThat(reason("text=sh -c 'cp %s \"$2\"' x {in} {out}".formatted(text)))
                .startsWith("what it wrote is not read: ");
    }

    @Test
    void shouldStopAProgramThatTakesTooLong() throws Exception {
        assertThat(((Attempt.Failed) run("slow=sh -c 'sleep 60; true' {in} {out}", 1)).reason())
                .isEqualTo("not done after 1 s");
    }

    private String reason(String template) throws Exception {
        return ((Attempt.Failed) run(template, 60)).reason();
    }

    private Attempt run(String template, int seconds) throws Exception {
        PeerCommand peer = new PeerCommand(PeerTemplate.parse(template), Duration.ofSeconds(seconds), work);
        List<Attempt> attempts = peer.restore(List.of(image), it -> (evaluations, expected) -> {});
        assertThat(attempts).hasSize(1);
        return attempts.get(0);
    }
}

package io.driftrec.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsTest {
    @TempDir
    private Path directory;

    @Test
    void shouldFindAFileByItsPathOrItsName() throws Exception {
        Labels labels = labels(
                "file,index,name\nray.png,5,\"electric ray, crampfish\"\nsub/jay.png,17,jay\n" + "\"a, b.png\",3\n\n");

        assertThat(labels.of(Path.of("ray.png"))).hasValue(5);
        assertThat(labels.of(Path.of("deep", "ray.png"))).hasValue(5);
        assertThat(labels.of(Path.of("sub", "jay.png"))).hasValue(17);
        assertThat(labels.of(Path.of("a, b.png"))).hasValue(3);
        assertThat(labels.of(Path.of("jay.png"))).isEmpty();
        assertThat(Labels.none().of(Path.of("ray.png"))).isEmpty();
        assertThat(labels("\uFEFFray.png,5\r\n").of(Path.of("ray.png")))
                .as("a spreadsheet's mark of UTF-8")
                .hasValue(5);
    }

    @Test
    void shouldNameTheLineThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labels("ray.png,5\nvulture;23\n"))
                .withMessageContaining("line 2")
                .withMessageContaining("vulture;23");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> labels("file,index,name\n"))
                .withMessageContaining("labels.csv");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Labels.read(directory.resolve("absent.csv")))
                .withMessageContaining("absent.csv");
    }

    private Labels labels(String text) throws Exception {
        return Labels.read(Files.writeString(directory.resolve("labels.csv"), text));
    }
}

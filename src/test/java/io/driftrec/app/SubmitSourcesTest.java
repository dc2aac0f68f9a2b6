package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SubmitSourcesTest {
    @TempDir
    private Path directory;

    private static List<URI> find(String... arguments) {
        return CommandLine.populateCommand(new SubmitSources(), arguments).find();
    }

    private static void assertRefused(String complaint, String... arguments) {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> find(arguments))
                .withMessageContaining(complaint);
    }

    @Test
    void shouldTakeLocationsInTheirOrder() {
        assertThat(find("s3://in/b.jpg", "https://example.org/a.png?size=1"))
                .containsExactly(URI.create("s3://in/b.jpg"), URI.create("https://example.org/a.png?size=1"));
    }

    @Test
    void shouldReadAListWithALocationALine() throws IOException {
        Path list = Files.writeString(directory.resolve("list.txt"), "s3://in/a.jpg\n\n  s3://in/b%20c.jpg \r\n");

        assertThat(find("--from-file", list.toString(), "s3://in/first.jpg"))
                .containsExactly(
                        URI.create("s3://in/first.jpg"), URI.create("s3://in/a.jpg"), URI.create("s3://in/b%20c.jpg"));
    }

    @Test
    void shouldListTheImagesUnderAPrefix() throws IOException {
        Path folder = Files.createDirectories(directory.toRealPath().resolve("in/sub"));
        Files.createFile(folder.resolve("b.webp"));
        Files.createFile(folder.resolve("notes.txt"));
        Files.createFile(folder.getParent().resolve("a.JPG"));

        assertThat(find("--prefix", folder.getParent().toUri().toString()))
                .containsExactly(
                        folder.getParent().resolve("a.JPG").toUri(),
                        folder.resolve("b.webp").toUri());
    }

    @Test
    void shouldAskForASourceWhenThereIsNone() throws IOException {
        Path empty = Files.createDirectory(directory.toRealPath().resolve("empty"));

        assertRefused("no sources");
        assertRefused("no sources", "--prefix", empty.toUri().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "cat.jpg, must begin with s3:",
        "'s3://in/a b.jpg', Illegal character",
        "'http://[::1/a.jpg', is not a location",
        "'', must begin with s3:"
    })
    void shouldNameTheTextThatIsNoLocation(String text, String complaint) {
        assertRefused("'" + text + "'", text);
        assertRefused(complaint, text);
    }

    @Test
    void shouldNameTheOptionWhoseValueIsWrong() {
        assertRefused("--from-file nowhere.txt", "--from-file", "nowhere.txt");
        assertRefused("--prefix ftp://here/", "--prefix", "ftp://here/");
        assertRefused("--prefix cat", "--prefix", "cat");
    }
}

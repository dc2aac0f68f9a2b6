package io.driftrec.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
    @TempDir
    private Path temporary;

    private Path folder;

    private static final Path OUT = Path.of("elsewhere");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.toRealPath().resolve("photos"));
    }

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    @Test
    void shouldNameTheResultOfAFileLikeTheFile() throws IOException {
        Path cat = file("sub/cat.of.mine.JPG");

        assertThat(InputFiles.find(List.of(cat), OUT)).containsExactly(entry(cat, "cat.of.mine"));
    }

    @Test
    void shouldTakeANamedFileWhateverItsName() throws IOException {
        Path plain = file("cat");
        Path hidden = file(".cat");

        assertThat(InputFiles.find(List.of(plain, hidden), OUT))
                .containsExactly(entry(plain, "cat"), entry(hidden, ".cat"));
    }

    @Test
    void shouldFindTheImagesOfAFolderInOrderWithTheirPaths() throws IOException {
        Path second = file("b.webp");
        Path first = file("a/x.y/c.png");
        Path third = file("d.JpEg");
        file("notes.txt");
        file("jpg");
        Files.createDirectory(folder.resolve("folder.png"));

        assertThat(InputFiles.find(List.of(folder), OUT))
                .containsExactly(entry(first, "a/x.y/c"), entry(second, "b"), entry(third, "d"));
    }

    @Test
    void shouldTakeAFileOnceHoweverOftenItIsNamed() throws IOException {
        Path cat = file("cat.jpg");
        Path otherwise = folder.resolve("../photos/./cat.jpg");

        assertThat(InputFiles.find(List.of(cat, otherwise, folder, cat), OUT)).containsExactly(entry(cat, "cat"));
    }

    @Test
    void shouldLeaveEarlierResultsAloneWhenTheyLieInTheFolder() throws IOException {
        Path cat = file("cat.jpg");
        file("restored/cat.png");

        assertThat(InputFiles.find(List.of(folder), folder.resolve("restored"))).containsExactly(entry(cat, "cat"));
        assertThat(InputFiles.find(List.of(cat), folder)).containsExactly(entry(cat, "cat"));
    }

    @Test
    void shouldFindNothingInAFolderWithoutImages() {
        assertThat(InputFiles.find(List.of(folder), OUT)).isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> InputFiles.find(List.of(folder.resolve("dog.jpg")), OUT))
                .withMessage(folder.resolve("dog.jpg") + ": no such file or folder");
    }

    @Test
    void shouldRefuseTwoImagesWhoseResultsWouldHaveOneName() throws IOException {
        Path jpeg = file("cat.jpg");
        Path png = file("cat.png");

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> InputFiles.find(List.of(folder), OUT))
                .withMessageContainingAll(jpeg.toString(), png.toString(), "'cat'");
    }

    @Test
    void shouldTellImagesOfOneNameInTwoSubfoldersApart() throws IOException {
        Path first = file("2025/cat.jpg");
        Path second = file("2026/cat.jpg");

        assertThat(InputFiles.find(List.of(folder), OUT))
                .containsExactly(entry(first, "2025/cat"), entry(second, "2026/cat"));
    }
}

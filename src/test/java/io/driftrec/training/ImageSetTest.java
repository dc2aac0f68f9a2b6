package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.storage.RoutingStore;
import io.driftrec.storage.StorageException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSetTest {
    @TempDir
    private Path folder;

    @Test
    void shouldFindTheImagesOfAFolderInTheOrderOfTheirNames() throws Exception {
        Files.createDirectories(folder.resolve("sub"));
        for (String name : List.of("b.JPG", "a b.png", "sub/c.webp", "notes.txt.gz")) {
            Files.writeString(folder.resolve(name), "");
        }

        assertThat(find(folder)).containsExactly(uri("a b.png"), uri("b.JPG"), uri("sub/c.webp"));
    }

    @Test
    void shouldReadATableByItsColumnFile() throws Exception {
        Path manifest = Files.writeString(
                folder.resolve("manifest.csv"), "licence,file\nCC0,two words.png\nCC-BY,sub/one.jpg\n\n");

        assertThat(find(manifest)).containsExactly(uri("sub/one.jpg"), uri("two words.png"));
    }

    @Test
    void shouldReadAListOfNames() throws Exception {
        Path manifest = Files.writeString(folder.resolve("list.txt"), "one.jpg\ntwo.jpg\n");

        assertThat(find(manifest)).containsExactly(uri("one.jpg"), uri("two.jpg"));
    }

    @Test
    void shouldTakeAnImageOnceThatIsNamedTwice() throws Exception {
        Path manifest = Files.writeString(folder.resolve("list.txt"), "one.jpg\ntwo.jpg\none.jpg\n");

        assertThat(find(manifest)).containsExactly(uri("one.jpg"), uri("two.jpg"));
    }

    @Test
    void shouldSayWhenThereIsNone() throws Exception {
        Path table = Files.writeString(folder.resolve("table.csv"), "name\none.jpg\n");

        assertThatThrownBy(() -> find(folder.resolve("nothing")))
                .isInstanceOfSatisfying(TrainingFailedException.class, e -> assertThat(e.failure())
                        .isEqualTo(TrainingFailure.NO_IMAGES));
        assertThatThrownBy(() -> find(table))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("no column \"file\"");
    }

    @Test
    void shouldDivideEightyFiveFifteenBySeed() {
        ImageSet images = new ImageSet(IntStream.range(0, 200)
                .mapToObj(i -> URI.create("file:///%03d.png".formatted(i)))
                .toList());

        DataSplit split = DataSplit.of(images, 7);

        assertThat(split.training()).hasSize(160);
        assertThat(split.validation()).hasSize(10);
        assertThat(split.test()).hasSize(30);
        assertThat(split.training())
                .doesNotContainAnyElementsOf(split.validation())
                .doesNotContainAnyElementsOf(split.test());
        assertThat(DataSplit.of(images, 7)).isEqualTo(split);
        assertThat(DataSplit.of(images, 8)).isNotEqualTo(split);
        assertThat(split.toCsv().lines()).hasSize(201).first().isEqualTo("part,file");
        assertThat(DataSplit.ofCsv(split.toCsv())).isEqualTo(split);
    }

    @Test
    void shouldTrainOnOneAndValidateWithTheOtherOfTwoImages() {
        ImageSet images = new ImageSet(List.of(URI.create("file:///a.png"), URI.create("file:///b.png")));

        DataSplit split = DataSplit.of(images, 0);

        assertThat(split.training()).hasSize(1);
        assertThat(split.validation()).hasSize(1);
        assertThat(split.test()).isEmpty();
    }

    @Test
    void shouldNotDivideASingleImage() {
        ImageSet images = new ImageSet(List.of(URI.create("file:///one.png")));

        assertThatThrownBy(() -> DataSplit.of(images, 0))
                .isInstanceOf(TrainingFailedException.class)
                .hasMessageContaining("1 images are too few");
    }

    private List<URI> find(Path source) throws StorageException {
        try (RoutingStore store = Photographs.store(folder)) {
            return ImageSet.find(source.toUri(), store).locations();
        }
    }

    private URI uri(String name) {
        return folder.resolve(name).toUri();
    }
}

package io.driftrec.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoReportTest {
    private static final Pattern IMAGE = Pattern.compile("src=\"data:(image/[a-z]+);base64,([^\"]*)\"");
    private static final Quality BEFORE = new Quality(25.126, 23.999, 81.5);
    private static final Quality AFTER = new Quality(27, 26.994, 1.25);
    private static final byte[] DAMAGED = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};
    private static final byte[] RESTORED = {(byte) 0x89, 'P', 'N', 'G', 4};

    @TempDir
    private Path directory;

    private Path damaged;
    private Path restored;

    @BeforeEach
    void writePictures() throws IOException {
        damaged = Files.write(directory.resolve("cat.jpg"), DAMAGED);
        restored = Files.write(directory.resolve("cat.png"), RESTORED);
    }

    private DemoReport.Entry entry(String title, String sampling, int evaluations, Quality after) {
        return new DemoReport.Entry(title, sampling, damaged, restored, evaluations, 12.345, BEFORE, after);
    }

    private String page(String summary, DemoReport.Entry... entries) throws IOException {
        Path page = directory.resolve("report.html");
        DemoReport.write(page, summary, List.of(entries));
        return Files.readString(page);
    }

    @Test
    void shouldHoldBothPicturesItself() throws IOException {
        List<MatchResult> images = IMAGE.matcher(page("8 photographs.", entry("cat", "2m", 10, AFTER)))
                .results()
                .toList();

        assertThat(images).extracting(image -> image.group(1)).containsExactly("image/png", "image/jpeg");
        assertThat(Base64.getDecoder().decode(images.get(0).group(2))).isEqualTo(RESTORED);
        assertThat(Base64.getDecoder().decode(images.get(1).group(2))).isEqualTo(DAMAGED);
    }

    @Test
    void shouldNeedNothingElse() throws IOException {
        String page = page("8 photographs.", entry("cat", "2m", 10, AFTER));

        assertThat(page)
                .doesNotContainPattern("(?i)https?:|//[a-z]|@import|<link|<iframe|url\\((?!data:)")
                .doesNotContainPattern("(?:src|href)=\"(?!data:)")
                .doesNotContain("{{")
                .startsWith("<!DOCTYPE html>")
                .contains("<meta charset=\"utf-8\">");
    }

    @Test
    void shouldShowTheNumbersWithTheirDecimals() throws IOException {
        assertThat(page("8 photographs.", entry("cat, quality 10", "2m, 10 steps", 10, AFTER)))
                .contains("<h2>cat, quality 10</h2>")
                .contains("<code>2m, 10 steps</code>, NFE 10, 12.3 s")
                .contains("<th>PSNR</th><td>25.13</td><td>27.00</td>")
                .contains("<th>PSNR-B</th><td>24.00</td><td>26.99</td>")
                .contains("<th>blockiness</th><td>81.50</td><td>1.25</td>");
    }

    @Test
    void shouldShowAPerfectImageAsInfinite() throws IOException {
        Quality perfect = new Quality(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0);

        assertThat(page("", entry("cat", "x0", 1, perfect)))
                .contains("<th>PSNR</th><td>25.13</td><td>&#8734;</td>")
                .doesNotContain("Infinity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "ar-EG", "hi-IN-u-nu-deva"})
    void shouldWriteTheSamePageWhateverTheLocale(String tag) throws IOException {
        String expected = page("8 photographs.", entry("cat", "2m", 1234, AFTER));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(page("8 photographs.", entry("cat", "2m", 1234, AFTER))).isEqualTo(expected);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void shouldEscapeWhatPeopleWrote() throws IOException {
        String hostile = "</h2><script>alert(\"1\" & '2')</script>";

        String page = page(hostile, entry(hostile, hostile, 1, AFTER));

        assertThat(page)
                .doesNotContain("<script>alert")
                .contains("<h2>&lt;/h2&gt;&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;</h2>");
        assertThat(page.split(Pattern.quote("&lt;script&gt;"), -1)).hasSize(1 + 5);
    }

    @Test
    void shouldNotTakeTextForAPartOfTheTemplate() throws IOException {
        String page = page("{{cards}}", entry("{{summary}} %s %n", "2m", 1, AFTER));

        assertThat(page.split("<article>", -1)).hasSize(2);
        assertThat(page).contains("<p>&#123;&#123;cards}}</p>", "<h2>&#123;&#123;summary}} %s %n</h2>");
    }

    @Test
    void shouldHoldEveryEntryInOrder() throws IOException {
        String page = page("", entry("first", "2m", 1, AFTER), entry("second", "2m", 1, AFTER));

        assertThat(page.split("<article>", -1)).hasSize(3);
        assertThat(page).containsSubsequence("<h2>first</h2>", "<h2>second</h2>");
    }

    @Test
    void shouldFailWhenAPictureIsMissing() throws IOException {
        Files.delete(restored);

        assertThatIOException()
                .isThrownBy(() -> page("", entry("cat", "2m", 1, AFTER)))
                .isInstanceOf(NoSuchFileException.class)
                .withMessageContaining("cat.png");
    }
}

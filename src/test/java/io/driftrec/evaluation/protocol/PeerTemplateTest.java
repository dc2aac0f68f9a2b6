package io.driftrec.evaluation.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTemplateTest {
    private static final Path IN = Path.of("/w/a b/in.jpg");
    private static final Path OUT = Path.of("/w/a b/out.jpg");

    @Test
    void shouldSplitWordsAndPutFilesIn() {
        PeerTemplate template = PeerTemplate.parse("jpeg qs=jpegqs -q 3 {in} --to={out.jpg}");

        assertThat(template.name()).isEqualTo("jpeg qs");
        assertThat(template.extension()).isEqualTo("jpg");
        assertThat(template.command(IN, OUT))
                .containsExactly("jpegqs", "-q", "3", "/w/a b/in.jpg", "--to=/w/a b/out.jpg");
    }

    @Test
    void shouldKeepSpacesInQuotesAndGiveShellsNoMeaning() {
        PeerTemplate template = PeerTemplate.parse("x='a b' \"c 'd'\" e\"f g\"h ''  $HOME;|&> {in} {out}");

        assertThat(template.extension()).isEqualTo("png");
        assertThat(template.command(IN, OUT))
                .containsExactly("a b", "c 'd'", "ef gh", "", "$HOME;|&>", IN.toString(), OUT.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jpegqs {in} {out}",
                "=a {in} {out}",
                "a=b {in}",
                "a=b {out}",
                "a=b {in} {out.jpg} {out.png}",
                "a=b 'c {in} {out}",
                "../a=b {in} {out}"
            })
    void shouldRefuseWhatIsNoCommand(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PeerTemplate.parse(text))
                .withMessageContaining("'" + text + "'");
    }
}

package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCodecTest {
    private static final byte[] KEY = "small-ouve".getBytes(UTF_8);

    private final ModelCodec codec = new ModelCodec();

    @Test
    void shouldReadWhatItWrites() {
        assertThat(codec.decode(KEY, codec.encode(Messages.modelPublished())))
                .isEqualTo(new ModelNews.Published(Messages.modelPublished()));
    }

    @Test
    void shouldTakeARecordWithoutValueForAWithdrawal() {
        assertThat(codec.decode(KEY, null)).isEqualTo(new ModelNews.Withdrawn("small-ouve"));
        assertThat(codec.decode(null, null)).isEqualTo(new ModelNews.Withdrawn(""));
    }

    @Test
    void shouldRefuseAKeyThatIsNotTheName() {
        byte[] body = codec.encode(Messages.modelPublished());

        assertThat(codec.decode("other".getBytes(UTF_8), body))
                .isEqualTo(new ModelNews.Unreadable("the key \"other\" is not the name of the model, \"small-ouve\""));
        assertThat(codec.decode(null, body)).isInstanceOf(ModelNews.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "66e7ae/, 66e7ae, location",
        "1755437, 0, parameters",
        "'\"ouve\"', '\"o/u\"', sde",
        "2025-12-31T23:59:41.250Z, yesterday, publishedAt",
        "'\"1.0\"', '\"2.0\"', schemaVersion",
        "'{', '[', not well-formed JSON",
    })
    void shouldNameTheFieldThatIsWrong(String original, String replacement, String expected) {
        String body = new String(codec.encode(Messages.modelPublished()), UTF_8);
        String broken = body.replace(original, replacement);
        assertThat(broken).isNotEqualTo(body);

        assertThat(codec.decode(KEY, broken.getBytes(UTF_8)))
                .isInstanceOfSatisfying(ModelNews.Unreadable.class, unreadable -> assertThat(unreadable.message())
                        .contains(expected));
    }
}

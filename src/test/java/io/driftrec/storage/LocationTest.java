package io.driftrec.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///data/../etc/passwd",
                "file:///data/./x",
                "file:///data/%2e%2e/etc/passwd",
                "file:///data/%2E./etc/passwd",
                "file:///data/..%2fetc/passwd",
                "file:///data/..%2Fetc%2Fpasswd",
                "file:///data/%252e%252e/etc/passwd",
                "file:///data/%252e%252e%252fetc/passwd",
                "file:///data/..%5cetc",
                "file:///data/a%00.png",
                "file:///data/a%0a.png",
                "file:///data/%c0%ae%c0%ae/etc/passwd",
                "file:///data/%ff.png",
                "file:///data/a.png#fragment",
                "file:///data/a.png?query",
                "file://host/data/a.png",
                "file://user@host/data/a.png",
                "file:data/a.png",
                "/data/a.png",
                "a.png",
                "",
                "s3:///key",
                "s3://user:secret@bucket/key",
                "s3://bucket:9000/key",
                "s3://bucket/a/../b",
                "s3://bucket/a%2fb",
                "s3://bucket/key?versionId=1",
                "s3:bucket/key",
                "https://user:secret@host/a.png",
                "https:///a.png",
                "https://host/a/..;x/b",
                "https://host/a/%2e%2e;x/b",
                "https://host./a.png",
                "https://host:0/a.png",
                "https://host:65536/a.png",
                "https://h%6fst/a.png",
                "https://bücher.example/a.png",
                "https://[fe80::1%25eth0]/a.png",
                "https://2130706433/a.png",
                "https://017700000001/a.png",
                "https://0x7f000001/a.png",
                "https://0x7f.0.0.1/a.png",
                "https://127.1/a.png",
                "https://127.0.1/a.png",
                "https://0177.0.0.1/a.png",
                "https://127.0.0.01/a.png",
                "https://host.0x10/a.png",
                "http://1.2.3.4.5/a.png",
                "ftp://host/a.png",
                "jar:file:/x.jar!/a.png",
                "data:image/png;base64,AAAA",
                "gopher://host/1",
            })
    void shouldRefuseWhenTheSpellingIsAmbiguous(String text) {
        assertThatThrownBy(() -> Location.parse(URI.create(text)))
                .isInstanceOf(StorageException.class)
                .extracting(e -> ((StorageException) e).reason())
                .isEqualTo(Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "FILE:/data/a.png, file:///data/a.png",
        "file:///data//a.png, file:///data/a.png",
        "file:///data/%61.png, file:///data/a.png",
        "S3://bucket/a%2Bb, s3://bucket/a+b",
        "HTTPS://Example.ORG:443/a, https://example.org/a",
        "http://example.org:80/a, http://EXAMPLE.org/a",
        "https://example.org/%C3%BC.png, https://example.org/ü.png",
        "https://example.org, https://example.org/",
    })
    void shouldBeEqualWhenTwoSpellingsMeanTheSameObject(String one, String other) throws StorageException {
        assertThat(Location.parse(URI.create(one))).isEqualTo(Location.parse(URI.create(other)));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/A, s3://bucket/a",
        "s3://Bucket/a, s3://bucket/a",
        "s3://bucket//a, s3://bucket/a",
        "https://host/a?x=1, https://host/a?x=2",
        "https://host:8443/a, https://host/a",
        "http://host/a, https://host/a",
    })
    void shouldDifferWhenTheObjectsMayDiffer(String one, String other) throws StorageException {
        assertThat(Location.parse(URI.create(one))).isNotEqualTo(Location.parse(URI.create(other)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///data/..a/b...png",
                "file:///data/100%25.png",
                "s3://my_bucket.eu/dir/%20%23%3F.png",
                "https://example.org:8443/a;v=1/b.png?sig=a%2Fb&x=..",
                "https://192.0.2.1/a.png",
                "https://[2001:db8::1]:8443/a.png",
            })
    void shouldKeepItsSpellingWhenItIsCanonical(String text) throws StorageException {
        assertThat(Location.parse(URI.create(text)).toUri()).hasToString(text);
    }

    @Test
    void shouldDecodeThePathOnce() throws StorageException {
        assertThat(Location.parse(URI.create("s3://bucket/100%25%20%E2%9C%93")).path())
                .isEqualTo("/100% ✓");
    }

    @Test
    void shouldHideSecretsWhenItReportsALocation() {
        URI location = URI.create("https://user:secret@host/a.png?X-Amz-Signature=secret");

        assertThatThrownBy(() -> Location.parse(location))
                .hasMessageContaining("host/a.png")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldShortenWhenItReportsAnEndlessLocation() {
        URI location = URI.create("file:///" + "a".repeat(100_000) + "/..");

        assertThatThrownBy(() -> Location.parse(location))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000));
    }
}

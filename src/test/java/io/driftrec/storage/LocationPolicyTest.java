package io.driftrec.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.storage.StorageException.Reason;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationPolicyTest {
    @ParameterizedTest
    @CsvSource({
        "s3://bucket, s3://bucket/a",
        "s3://bucket/, s3://bucket/dir/a",
        "s3://bucket/in, s3://bucket/in",
        "s3://bucket/in, s3://bucket/in/a",
        "s3://bucket/in, s3://bucket/in/",
        "s3://bucket/in/, s3://bucket/in/a",
        "S3://bucket/in/, s3://bucket/%69n/a",
        "file:/data/in/, file:///data/in/a",
        "file:///data/a.png, file:///data/a.png",
        "https://example.org/in/, https://EXAMPLE.org:443/in/a?sig=x",
        "https://example.org:8443/, https://example.org:8443/a",
        "https://*, https://example.org/a",
        "https://*/, https://[2001:db8::1]/a",
    })
    void shouldAllowWhenTheEntryCoversTheLocation(String entry, String location) {
        LocationPolicy policy = sources(entry);

        assertThatCode(() -> policy.checkSource(URI.create(location))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/in, s3://bucket/input-other",
        "s3://bucket/in/, s3://bucket/in",
        "s3://bucket/in/, s3://bucket/input/a",
        "s3://bucket/in/, s3://bucket/IN/a",
        "s3://bucket, s3://bucket2/a",
        "s3://bucket, s3://Bucket/a",
        "s3://bucket/in/, s3://bucket/in/../out/a",
        "file:///data/in/, file:///data/in/%2e%2e/out",
        "file:///data/in, file:///data/in2/a",
        "https://example.org, http://example.org/a",
        "https://example.org, https://example.org:8443/a",
        "https://example.org, https://example.org.evil.net/a",
        "https://example.org, https://evil.example.org/a",
        "https://example.org/in/, https://example.org@evil.net/in/a",
        "https://*, https://example.org:8443/a",
        "https://*, https://[2001:db8::1]:8443/a",
        "https://*, http://example.org/a",
        "https://*, s3://bucket/a",
        "https://*, file:///a",
    })
    void shouldRefuseWhenTheEntryDoesNotCoverTheLocation(String entry, String location) {
        LocationPolicy policy = sources(entry);

        assertThatThrownBy(() -> policy.checkSource(URI.create(location)))
                .isInstanceOf(StorageException.class)
                .extracting(e -> ((StorageException) e).reason())
                .isEqualTo(Reason.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///a", "s3://bucket/a", "https://example.org/a"})
    void shouldRefuseEverythingWhenNothingIsAllowed(String location) {
        assertThatThrownBy(() -> LocationPolicy.nothing().checkSource(URI.create(location)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(location)
                .hasMessageContaining("--allow-source");
        assertThatThrownBy(() -> LocationPolicy.nothing().checkTarget(URI.create(location)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(location)
                .hasMessageContaining("--allow-target");
    }

    @Test
    void shouldKeepSourcesAndTargetsApart() {
        LocationPolicy policy = new LocationPolicy(
                List.of(LocationPrefix.parse("s3://in/")), List.of(LocationPrefix.parse("s3://out/")));

        assertThatThrownBy(() -> policy.checkTarget(URI.create("s3://in/a"))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> policy.checkSource(URI.create("s3://out/a"))).isInstanceOf(StorageException.class);
        assertThatCode(() -> policy.checkEither(URI.create("s3://in/a"))).doesNotThrowAnyException();
        assertThatCode(() -> policy.checkEither(URI.create("s3://out/a"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/in, s3://bucket/in, s3://bucket/in/",
        "s3://bucket/in, s3://bucket/in/, s3://bucket/in/",
        "s3://bucket/in, s3://bucket/in/pre, s3://bucket/in/pre",
        "s3://bucket/in/, s3://bucket/in/, s3://bucket/in/",
        "s3://bucket, s3://bucket, s3://bucket/",
    })
    void shouldListOnlyWhatMayBeRead(String entry, String asked, String listed) throws StorageException {
        assertThat(sources(entry).checkListing(URI.create(asked)).toUri()).hasToString(listed);
    }

    @Test
    void shouldRefuseToListWhenTheFolderHoldsMoreThanIsAllowed() {
        assertThatThrownBy(() -> sources("s3://bucket/in/").checkListing(URI.create("s3://bucket/")))
                .isInstanceOf(StorageException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data",
                "/data/in",
                "s3:bucket",
                "s3://",
                "https://user@host/",
                "https://host/?x",
                "file:///a/../b",
                "ftp://host/",
                "https://*.example.org/",
                "s3://*",
                "file:///a b"
            })
    void shouldNameTheValueWhenAnEntryIsMalformed(String entry) {
        assertThatThrownBy(() -> LocationPrefix.parse(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + entry + "'");
    }

    private static LocationPolicy sources(String entry) {
        return new LocationPolicy(List.of(LocationPrefix.parse(entry)), List.of());
    }
}

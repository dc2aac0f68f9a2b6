package io.driftrec.message;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Messages that the tests share. */
final class Messages {
    static final Instant MOMENT = Instant.parse("2025-12-31T23:59:41.250Z");
    static final Map<String, String> ATTRIBUTES = Map.of("tenant", "gallery", "album", "7");

    private Messages() {}

    static RestorationRequest request() {
        return new RestorationRequest(
                "upload-8271-hero",
                URI.create("s3://uploads/2026/01/hero.jpg"),
                URI.create("s3://restored/2026/01/"),
                Optional.of("small-ouve"),
                new SamplerSpec(
                        Optional.of("2m"),
                        Optional.of("consistent"),
                        OptionalInt.of(10),
                        OptionalDouble.empty(),
                        OptionalDouble.of(0),
                        Optional.of(true),
                        OptionalDouble.of(0.3),
                        OptionalLong.of(42),
                        OptionalInt.of(1)),
                new OutputSpec("jpeg", 95),
                true,
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")),
                ATTRIBUTES);
    }

    static RestorationCompleted completed() {
        return new RestorationCompleted(
                "upload-8271-hero",
                URI.create("s3://uploads/2026/01/hero.jpg"),
                new RestoredImage(
                        URI.create("s3://restored/2026/01/upload-8271-hero.jpg"),
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                        183_204,
                        1024,
                        768,
                        "jpeg"),
                new ModelIdentity(
                        "small-ouve", "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", "ouve"),
                new EffectiveSampler(
                        "2m",
                        Optional.of("consistent"),
                        OptionalInt.of(10),
                        OptionalDouble.empty(),
                        OptionalDouble.of(0),
                        Optional.of(true),
                        OptionalDouble.of(0.3),
                        42,
                        1),
                10,
                new StageTimings(
                        Duration.ofMillis(12),
                        Duration.ofMillis(48),
                        Duration.ofMillis(21),
                        Duration.ofMillis(870),
                        Duration.ofMillis(35),
                        Duration.ofMillis(61),
                        Duration.ofMillis(1047)),
                MOMENT,
                "worker-3",
                ATTRIBUTES);
    }

    static RestorationFailed failed() {
        return new RestorationFailed(
                "upload-8272",
                Optional.of(URI.create("https://images.example.org/a%20photo.jpg")),
                FailureCode.SOURCE_UNAVAILABLE,
                "images.example.org answered 503 five times",
                true,
                5,
                Instant.parse("2025-12-31T23:59:59Z"),
                "worker-1",
                Map.of());
    }

    static RestorationProgress progress() {
        return new RestorationProgress(
                "upload-8271-hero", 4, OptionalInt.of(10), Instant.parse("2025-12-31T23:59:40.500Z"), "worker-3");
    }

    static ModelPublished modelPublished() {
        String digest = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";
        return new ModelPublished(
                "small-ouve",
                digest,
                "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9",
                URI.create("s3://models/small-ouve/" + digest + "/"),
                "ouve",
                1_755_437,
                MOMENT);
    }
}

package io.driftrec.message;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The training messages of the examples. */
final class TrainingMessages {
    private static final String DIGEST = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private TrainingMessages() {}

    static TrainingJob job() {
        return new TrainingJob(
                "small-ouve-3",
                "small-ouve",
                new TrainingJob.Dataset(
                        URI.create("s3://photographs/train/"),
                        OptionalLong.of(3),
                        OptionalInt.of(256),
                        OptionalDouble.of(0.2),
                        Optional.of(true),
                        OptionalInt.of(3),
                        OptionalInt.of(100),
                        Optional.of("log-uniform"),
                        Optional.of("420"),
                        OptionalDouble.of(0.1),
                        OptionalDouble.of(0.1)),
                Optional.of(new TrainingJob.Process(
                        Optional.of("ouve"),
                        Map.of("gamma", 1.5),
                        OptionalDouble.of(0.01),
                        OptionalDouble.of(0.7),
                        OptionalDouble.of(0.4),
                        Optional.empty())),
                Optional.of(new TrainingJob.Output(Optional.of("residual"), OptionalDouble.of(0.06))),
                Optional.empty(),
                Optional.of(new TrainingJob.Optimization(
                        OptionalInt.of(8),
                        OptionalDouble.of(2e-4),
                        OptionalInt.of(1000),
                        OptionalDouble.of(1e-6),
                        OptionalDouble.of(0.01),
                        OptionalDouble.of(1),
                        OptionalDouble.of(0.999),
                        Optional.of(true),
                        OptionalDouble.of(1))),
                Optional.of(new TrainingJob.StartModel("small-ouve", Optional.of(DIGEST))),
                new TrainingJob.Budget(OptionalLong.of(200_000), OptionalLong.empty(), OptionalDouble.empty()),
                OptionalLong.of(7),
                Optional.of(new TrainingJob.Publish(Optional.of(true), OptionalLong.of(20_000))),
                Optional.of("Photographs, JPEG quality 0 to 100."),
                Optional.of("Apache-2.0"),
                Optional.of("12,000 photographs of our own"),
                Optional.of("BF16"));
    }

    static TrainingStatus.Completed completed() {
        return new TrainingStatus.Completed(
                "small-ouve-3",
                200_000,
                196_000,
                0.0411,
                Optional.of(new ModelIdentity("small-ouve", DIGEST, "ouve")),
                Optional.of(URI.create("s3://models/small-ouve/" + DIGEST + "/")),
                Duration.ofMillis(7_521_000),
                Messages.MOMENT,
                "trainer-1");
    }
}

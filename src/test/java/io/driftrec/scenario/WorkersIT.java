package io.driftrec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.TopicSetup;
import io.driftrec.kafka.guarantees.EveryRequestOneOutcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.MinIOContainer;
import org.testcontainers.kafka.KafkaContainer;
import software.amazon.awssdk.services.s3.S3Client;

/** The flow of {@link WorkersScenarioTest} in small, against Kafka and MinIO as others build them. */
class WorkersIT {
    private static final long SEED = 20_261_125;
    private static final int SOUND = 15;
    private static final int BROKEN = 5;
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    private Path directory;

    @Test
    @EnabledIf(
            value = "doesDockerAnswer",
            disabledReason = "no Docker engine answers; Kafka and MinIO run in containers")
    void shouldEndEveryRequestOnceAsItMustWhenOneWorkerIsKilled() throws Exception {
        try (KafkaContainer kafka = new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion());
                MinIOContainer minio = new MinIOContainer("minio/minio:RELEASE.2025-09-07T16-13-09Z")) {
            kafka.start();
            minio.start();
            run(new Site(
                    kafka.getBootstrapServers(),
                    URI.create(minio.getS3URL()),
                    minio.getUserName(),
                    minio.getPassword()));
        }
    }

    static boolean doesDockerAnswer() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    private void run(Site site) throws Exception {
        new TopicSetup(KafkaConnection.to(site.bootstrapServers())).createMissing(Site.topics(), LONG);
        try (S3Client s3 = site.s3();
                RequestTopic topic = new RequestTopic(site)) {
            Bucket uploads = Bucket.create(s3, Bucket.UPLOADS);
            Bucket restored = Bucket.create(s3, Bucket.RESTORED);
            List<RequestCase> requests = requests(uploads, restored);
            try (ExpectedEndings expectedEndings = new ExpectedEndings(site, requests);
                    EveryRequestOneOutcome everyRequestOneOutcome =
                            new EveryRequestOneOutcome(site.bootstrapServers(), Site.RESULTS, Site.DEAD_LETTERS);
                    WorkerProcess killed = WorkerProcess.start("killed", site, directory)) {
                requests.forEach(request -> everyRequestOneOutcome.sent(request.key()));
                topic.send(requests);
                await().atMost(LONG).until(() -> expectedEndings.read().ended() > 0);
                killed.kill();
                try (WorkerProcess other = WorkerProcess.start("other", site, directory)) {
                    await().atMost(LONG).until(() -> {
                        other.requireAlive();
                        return everyRequestOneOutcome.missing().isEmpty();
                    });
                }
                everyRequestOneOutcome.check();
                expectedEndings.read().check();
                ObjectsAreWhole.check(requests, expectedEndings.results(), restored.contents());
            }
        }
    }

    private static List<RequestCase> requests(Bucket uploads, Bucket restored) {
        Random random = new Random(SEED);
        List<RequestCase> broken = BrokenRequests.make(uploads, restored);
        Collections.shuffle(broken, random);
        List<RequestCase> requests = new ArrayList<>(new SoundRequests(uploads, restored).make(SOUND, SEED));
        requests.addAll(broken.subList(0, BROKEN));
        Collections.shuffle(requests, random);
        assertThat(requests).hasSize(SOUND + BROKEN);
        return requests;
    }
}

package io.driftrec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.driftrec.demo.EmbeddedBroker;
import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.TopicSetup;
import io.driftrec.kafka.guarantees.CommittedOnlyAfterOutcome;
import io.driftrec.kafka.guarantees.EveryRequestOneOutcome;
import io.driftrec.storage.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * 170 sound and 30 broken requests through worker processes with the real network, of which one is killed in mid-batch and one
 * stopped gracefully while a third joins.
 */
class WorkersScenarioTest {
    private static final long SEED = 20_261_124;
    private static final int SOUND = 170;
    private static final int FIRST_WAVE = 130;
    private static final Duration LONG = Duration.ofMinutes(4);

    @TempDir
    private Path directory;

    private final List<WorkerProcess> workers = new ArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private EmbeddedBroker broker;
    private S3Server s3Server;
    private S3Client s3;
    private Site site;
    private Bucket restored;
    private List<RequestCase> requests;
    private ExpectedEndings expectedEndings;
    private EveryRequestOneOutcome everyRequestOneOutcome;
    private CommittedOnlyAfterOutcome committedOnlyAfterOutcome;

    @BeforeEach
    void open() throws Exception {
        broker = closing(EmbeddedBroker.start(directory.resolve("broker")));
        s3Server = closing(S3Server.start(Files.createDirectory(directory.resolve("s3"))));
        site = new Site(
                broker.bootstrapServers(),
                s3Server.endpoint(),
                S3Server.CREDENTIALS.resolveCredentials().accessKeyId(),
                S3Server.CREDENTIALS.resolveCredentials().secretAccessKey());
        s3 = closing(site.s3());
        Bucket uploads = Bucket.create(s3, Bucket.UPLOADS);
        restored = Bucket.create(s3, Bucket.RESTORED);
        requests = new ArrayList<>(new SoundRequests(uploads, restored).make(SOUND, SEED));
        requests.addAll(BrokenRequests.make(uploads, restored));
        Collections.shuffle(requests, new Random(SEED));
        new TopicSetup(KafkaConnection.to(site.bootstrapServers())).createMissing(Site.topics(), LONG);
        expectedEndings = closing(new ExpectedEndings(site, requests));
        everyRequestOneOutcome =
                closing(new EveryRequestOneOutcome(site.bootstrapServers(), Site.RESULTS, Site.DEAD_LETTERS));
        committedOnlyAfterOutcome = closing(new CommittedOnlyAfterOutcome(
                site.bootstrapServers(), WorkerProcess.GROUP, Site.REQUESTS, Set.of(Site.RESULTS, Site.DEAD_LETTERS)));
    }

    @AfterEach
    void close() throws Exception {
        workers.forEach(WorkerProcess::close);
        // the broker last and always: it ends the JVM when its directory goes while it runs
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    @Test
    void shouldEndEveryRequestOnceAsItMustWhenWorkersAreKilledStopAndJoin() throws Throwable {
        try {
            run();
        } catch (Throwable failure) {
            failure.addSuppressed(
                    new AssertionError(workers.stream().map(WorkerProcess::tail).collect(Collectors.joining("\n\n"))));
            throw failure;
        }
    }

    private void run() throws Exception {
        assertThat(requests).hasSize(200);
        try (RequestTopic topic = new RequestTopic(site)) {
            send(topic, requests.subList(0, FIRST_WAVE));
            WorkerProcess killed = start("killed");
            WorkerProcess stopped = start("stopped");
            until(() -> expectedEndings.read().ended() >= 20
                    && killed.metric("driftrec_records_ended_total").orElse(0.0) > 0
                    && killed.metric("driftrec_requests_in_flight").orElse(0.0) > 0);
            killed.kill();
            committedOnlyAfterOutcome.sample();
            assertThat(everyRequestOneOutcome.missing())
                    .as("it was killed in mid-batch")
                    .isNotEmpty();

            WorkerProcess joining = start("joining");
            until(joining::isServing);
            send(topic, requests.subList(FIRST_WAVE, requests.size()));
            until(() -> stopped.metric("driftrec_requests_in_flight").orElse(0.0) > 0);
            stopped.terminate();
            until(() -> stopped.exitCode().isPresent());
            assertThat(stopped.exitCode()).hasValue(WorkerProcess.TERMINATED);
            assertThat(stopped.tail()).contains("drained").doesNotContain("not all in flight");

            until(() -> everyRequestOneOutcome.missing().isEmpty());
            assertBalanced(joining);
            joining.terminate();
            until(() -> joining.exitCode().isPresent());
        }
        committedOnlyAfterOutcome.check();
        everyRequestOneOutcome.check();
        expectedEndings.read().check();
        ObjectsAreWhole.check(requests, expectedEndings.results(), restored.contents());
        assertThat(committed()).as("everything is committed at the end").isEqualTo(requests.size());
        assertThat(expectedEndings.results())
                .extracting("worker")
                .as("all took part")
                .contains("killed", "stopped", "joining");
    }

    /** Every request that was begun ended or is in flight, and the same of records; here nothing is in flight. */
    private void assertBalanced(WorkerProcess worker) {
        until(() -> worker.metric("driftrec_records_in_flight").equals(Optional.of(0.0)));
        assertThat(worker.metric("driftrec_requests_in_flight")).hasValue(0.0);
        assertThat(worker.metric("driftrec_requests_started_total"))
                .isEqualTo(worker.metric("driftrec_requests_total"))
                .hasValueSatisfying(started -> assertThat(started).isPositive());
        assertThat(worker.metric("driftrec_records_received_total"))
                .isEqualTo(worker.metric("driftrec_records_ended_total"));
        assertThat(worker.metric("driftrec_requests_total", "outcome=\"given_back\""))
                .hasValue(0.0);
        assertThat(worker.metric("driftrec_requests_total", "code=\"INTERNAL\""))
                .hasValue(0.0);
    }

    private WorkerProcess start(String name) throws IOException {
        WorkerProcess worker = WorkerProcess.start(name, site, directory);
        workers.add(worker);
        return worker;
    }

    private void send(RequestTopic topic, List<RequestCase> wave) throws Exception {
        wave.forEach(request -> everyRequestOneOutcome.sent(request.key()));
        topic.send(wave);
    }

    /** Waits, and looks at what is committed meanwhile. */
    private void until(Callable<Boolean> condition) {
        await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> {
            committedOnlyAfterOutcome.sample();
            return condition.call();
        });
    }

    private long committed() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()))) {
            return admin
                    .listConsumerGroupOffsets(WorkerProcess.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }
}

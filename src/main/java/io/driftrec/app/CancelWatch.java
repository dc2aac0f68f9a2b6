package io.driftrec.app;

import io.driftrec.kafka.KafkaConnection;
import io.driftrec.kafka.ReceivedRecord;
import io.driftrec.kafka.TopicFollower;
import io.driftrec.message.Decoded;
import io.driftrec.message.TrainingCancel;
import io.driftrec.message.TrainingCodec;
import io.driftrec.message.TrainingCommand;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the topic of jobs for the cancellation of one job, from before its first step to its end.
 *
 * <p>A cancellation has the key of its job and so lies behind it in the same partition, where the group's consumer does not come
 * while the job trains: it has paused. So the watch reads the topic with a consumer of its own, outside the group, from the start
 * (jobs are few) and goes on reading. A cancellation counts where it lies behind the job in its partition, or, sent under another
 * key, in another partition and is not older. One that lies before the job is of an earlier attempt: a job that was cancelled can
 * be sent again.
 *
 * <p>Failure modes: a cluster that is away is asked again every few seconds; meanwhile nothing is cancelled. The job begins even
 * so after half a minute.
 */
final class CancelWatch implements JobHandler.Watch {
    private static final Logger LOG = LoggerFactory.getLogger(CancelWatch.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLUSTER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConnection connection;
    private final ReceivedRecord job;
    private final String jobId;
    private final Runnable onCancel;
    private final TrainingCodec codec = new TrainingCodec();
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private final Thread thread;

    private CancelWatch(KafkaConnection connection, ReceivedRecord job, String jobId, Runnable onCancel) {
        this.connection = connection;
        this.job = job;
        this.jobId = jobId;
        this.onCancel = onCancel;
        this.thread = new Thread(this::watch, "training-cancel-watch");
        thread.setDaemon(true);
    }

    /** Starts to watch; returns when everything that was there has been read. */
    static CancelWatch start(KafkaConnection connection, ReceivedRecord job, String jobId, Runnable onCancel)
            throws InterruptedException {
        CancelWatch watch = new CancelWatch(connection, job, jobId, onCancel);
        watch.thread.start();
        if (!watch.caughtUp.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("the topic of jobs cannot be read for cancellations; the job begins jobId={}", jobId);
        }
        return watch;
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted()) {
            try (TopicFollower follower = TopicFollower.open(connection, job.topic(), CLUSTER_TIMEOUT)) {
                follow(follower);
            } catch (InterruptedException ended) {
                return;
            } catch (RuntimeException away) {
                LOG.warn("the topic of jobs cannot be read for cancellations: {}", away.toString());
                try {
                    Thread.sleep(RETRY_PAUSE.toMillis());
                } catch (InterruptedException ended) {
                    return;
                }
            }
        }
    }

    private void follow(TopicFollower follower) throws InterruptedException {
        while (true) {
            for (ReceivedRecord record : follower.poll(POLL)) {
                if (cancels(record)) {
                    LOG.info("job cancelled jobId={} by={}", jobId, record);
                    onCancel.run();
                }
            }
            if (follower.hasReachedEnd()) {
                caughtUp.countDown();
            }
        }
    }

    private boolean cancels(ReceivedRecord record) {
        boolean isBehind = record.partition() == job.partition()
                ? record.offset() > job.offset()
                : !record.timestamp().isBefore(job.timestamp());
        return isBehind
                && codec.decodeCommand(record.value().orElse(null)) instanceof Decoded.Valid<TrainingCommand> valid
                && valid.value().equals(new TrainingCancel(jobId));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

package io.driftrec.app;

import io.driftrec.batch.ProgressListener;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar over several restorations; a terminal sees it move, a file gets a line now and then. Thread-safe. */
final class RestorationBar implements AutoCloseable {
    /** An image counts as so many ticks, so that the bar moves while images are sampled. */
    private static final long TICKS = 1000;

    private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(200);
    private static final Duration FILE_INTERVAL = Duration.ofSeconds(10);
    private static final int FILE_WIDTH = 100;

    private final ProgressBar bar;

    RestorationBar(String task, int images) {
        boolean isTerminal = System.console() != null;
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(images * TICKS)
                .setUnit(" images", TICKS)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis((int) (isTerminal ? TERMINAL_INTERVAL : FILE_INTERVAL).toMillis());
        if (!isTerminal) {
            builder.setConsumer(new DelegatingProgressBarConsumer(System.err::println, FILE_WIDTH));
        }
        bar = builder.build();
    }

    /** One image's share of the bar. */
    Share image() {
        return new Share();
    }

    /** Moves the bar by what one image has done since the last time. */
    final class Share implements ProgressListener {
        private long done;

        @Override
        public void onEvaluation(int evaluations, int expected) {
            moveTo(TICKS * Math.min(evaluations, expected) / expected);
        }

        /** The image has ended, restored or not. */
        void finish() {
            moveTo(TICKS);
        }

        private synchronized void moveTo(long ticks) {
            if (ticks > done) {
                bar.stepBy(ticks - done);
                done = ticks;
            }
        }
    }

    @Override
    public void close() {
        bar.close();
    }
}

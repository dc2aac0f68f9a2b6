package io.driftrec.app;

import io.driftrec.training.TrainingListener;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar over a training's budget; a terminal sees it move, a file gets a line every minute. */
final class TrainingBar implements TrainingListener, AutoCloseable {
    private static final long TICKS = 10_000;
    private static final int FILE_WIDTH = 160;

    private final ProgressBar bar;

    TrainingBar(String model) {
        boolean isTerminal = System.console() != null;
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(model)
                .setInitialMax(TICKS)
                .setStyle(ProgressBarStyle.ASCII)
                .hideEta()
                .setUpdateIntervalMillis((int) (isTerminal ? Duration.ofSeconds(1) : Duration.ofMinutes(1)).toMillis());
        if (!isTerminal) {
            builder.setConsumer(new DelegatingProgressBarConsumer(System.err::println, FILE_WIDTH));
        }
        bar = builder.build();
    }

    @Override
    public void progressed(Progress progress) {
        bar.stepTo(Math.round(TICKS * progress.share()));
        bar.setExtraMessage(line(progress));
    }

    /** A training's state in one line. */
    static String line(Progress progress) {
        return String.format(
                Locale.ROOT,
                "step %d, loss %.4f, validation %s, %.2f samples/s, waiting %.1f %%, %d min left",
                progress.step(),
                progress.loss(),
                progress.validationLoss().isPresent()
                        ? String.format(
                                Locale.ROOT, "%.4f", progress.validationLoss().getAsDouble())
                        : "-",
                progress.samplesPerSecond(),
                100 * progress.waitingShare(),
                progress.left().toMinutes());
    }

    /** Says on the standard output how a training went. */
    static void print(Progress progress) {
        String memory = PeakMemory.mebibytes().isPresent()
                ? ", peak memory %d MiB".formatted(PeakMemory.mebibytes().getAsLong())
                : "";
        System.out.println(line(progress) + memory);
    }

    @Override
    public void close() {
        bar.close();
    }
}

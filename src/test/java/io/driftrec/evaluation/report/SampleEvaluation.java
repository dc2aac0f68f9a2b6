package io.driftrec.evaluation.report;

import io.driftrec.batch.ProgressListener;
import io.driftrec.evaluation.PerceptualMetric;
import io.driftrec.evaluation.protocol.Attempt;
import io.driftrec.evaluation.protocol.CellKey;
import io.driftrec.evaluation.protocol.CleanImage;
import io.driftrec.evaluation.protocol.Condition;
import io.driftrec.evaluation.protocol.DamagedImage;
import io.driftrec.evaluation.protocol.Evaluation;
import io.driftrec.evaluation.protocol.EvaluationObserver;
import io.driftrec.evaluation.protocol.EvaluationPlan;
import io.driftrec.evaluation.protocol.Journal;
import io.driftrec.evaluation.protocol.KeptImages;
import io.driftrec.evaluation.protocol.Method;
import io.driftrec.evaluation.protocol.MethodIdentity;
import io.driftrec.evaluation.protocol.MetricSuite;
import io.driftrec.evaluation.protocol.TestImages;
import io.driftrec.evaluation.protocol.Untouched;
import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Rgb8;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/** An evaluation of three small images with methods that need no network. */
record SampleEvaluation(EvaluationSummary summary, KeptImages kept, List<String> shown) {
    static final String HOSTILE = "<i>\"peer\" & 'co'";

    /** With a method that is half way to the reference in several numbers of evaluations, and one that is ahead and fails on an image. */
    static SampleEvaluation run(Path folder, List<PerceptualMetric> perceptual) throws Exception {
        List<CleanImage> images = new ArrayList<>();
        for (String name : List.of("ada", "bob <b>", "cleo")) {
            Path file = TestImages.write(folder.resolve("clean/" + name.length() + ".png"), 48, 40, name.length());
            images.add(CleanImage.read(name, file, OptionalInt.empty()));
        }
        EvaluationPlan plan = new EvaluationPlan(
                images,
                List.of(new Condition.Single(10, ChromaSubsampling.CHROMA_420)),
                List.of(
                        Untouched.CLEAN,
                        Untouched.JPEG,
                        new Blend(MethodIdentity.model("net/2m:4", "net/2m", 1), 0.3f, 4, ""),
                        new Blend(MethodIdentity.model("net/2m:10", "net/2m", 1), 0.5f, 10, ""),
                        new Blend(MethodIdentity.model("net/2m:10", "net/2m", 4), 0.6f, 40, ""),
                        new Blend(MethodIdentity.alone(HOSTILE, MethodIdentity.Role.PEER), 0.9f, 0, "cleo")),
                1,
                OptionalInt.empty(),
                ImageLimits.DEFAULT,
                2);
        MetricSuite suite = new MetricSuite(perceptual, List.of(), List.of());
        KeptImages kept = new KeptImages(folder.resolve("images"), Set.of("ada"));
        try (Journal journal = Journal.open(folder.resolve("journal.jsonl"), Map.of())) {
            new Evaluation(plan, suite, journal, kept, new Silent()).run();
            EvaluationSummary summary =
                    EvaluationSummary.of(Map.of("images", "3 of <folder>"), Map.of("seed", "1"), plan, suite, journal);
            return new SampleEvaluation(summary, kept, List.of("ada"));
        }
    }

    MethodSummary method(String id) {
        return summary.conditions().get(0).methods().stream()
                .filter(method -> method.method().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The mean of the squared error, so that its value is known from the PSNR. */
    static final class MeanSquare implements PerceptualMetric {
        @Override
        public String name() {
            return "LPIPS";
        }

        @Override
        public int smallestSide() {
            return 1;
        }

        @Override
        public double distance(Rgb8 restored, Rgb8 reference) {
            return Math.pow(10, -io.driftrec.evaluation.Psnr.of(restored, reference) / 10);
        }
    }

    /** Goes part of the way from the damaged image to the clean one. */
    private record Blend(MethodIdentity identity, float share, int evaluations, String failing) implements Method {
        @Override
        public List<Attempt> restore(List<DamagedImage> images, Function<DamagedImage, ProgressListener> progress) {
            return images.stream().map(this::restore).toList();
        }

        private Attempt restore(DamagedImage image) {
            if (image.clean().name().equals(failing)) {
                return new Attempt.Failed("exit code 1: <boom>");
            }
            try {
                byte[] damaged = Rgb8.of(ImageDecoder.decode(image.jpeg(), ImageLimits.DEFAULT))
                        .samples();
                byte[] clean = image.reference().samples();
                byte[] mixed = new byte[damaged.length];
                for (int i = 0; i < mixed.length; i++) {
                    mixed[i] = (byte) Math.round((1 - share) * (damaged[i] & 0xFF) + share * (clean[i] & 0xFF));
                }
                Rgb8 restored =
                        new Rgb8(image.reference().width(), image.reference().height(), mixed);
                return new Attempt.Restored(restored, evaluations, 0.125);
            } catch (ImageRejectedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static final class Silent implements EvaluationObserver {
        @Override
        public ProgressListener begun(CellKey key) {
            return (evaluations, expected) -> {};
        }

        @Override
        public void ended(CellKey key) {}
    }
}

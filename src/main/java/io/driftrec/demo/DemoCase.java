package io.driftrec.demo;

import io.driftrec.image.ChromaSubsampling;
import io.driftrec.image.JpegCorruption;
import io.driftrec.image.Picture;
import io.driftrec.message.SamplerSpec;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One request of the demo: a photograph, how it is damaged, and how it is to be restored.
 *
 * @param photograph a sample of the class path, without extension
 * @param title for people
 */
public record DemoCase(String photograph, Damage damage, SamplerSpec sampler, String title) {
    /** How a photograph is damaged. */
    public sealed interface Damage {
        /** Part of the case's name. */
        String label();

        /** The damaged picture, as it is sent. */
        byte[] jpeg(Picture original);

        /** What the damaged picture shows of the original. */
        Picture shown(Picture original);

        /** One JPEG compression. */
        record Single(int quality) implements Damage {
            @Override
            public String label() {
                return "q" + quality;
            }

            @Override
            public byte[] jpeg(Picture original) {
                return JpegCorruption.compress(original, quality, ChromaSubsampling.CHROMA_420);
            }

            @Override
            public Picture shown(Picture original) {
                return original;
            }
        }

        /** Two of them, the second on a block grid shifted against the first; the shift cuts columns and rows off. */
        record UnalignedDouble(int firstQuality, int secondQuality, int shiftX, int shiftY) implements Damage {
            @Override
            public String label() {
                return "double";
            }

            @Override
            public byte[] jpeg(Picture original) {
                return JpegCorruption.unalignedDouble(original, firstQuality, secondQuality, shiftX, shiftY);
            }

            @Override
            public Picture shown(Picture original) {
                return original.crop(shiftX, shiftY, original.width() - shiftX, original.height() - shiftY);
            }
        }
    }

    /** A case's request id and the name of its files. */
    public String name() {
        return photograph + "-" + damage.label() + "-" + sampler.kind().orElseThrow();
    }

    /** Every photograph, every kind of damage and most samplers, within minutes on two cores. */
    public static List<DemoCase> all() {
        Damage hard = new Damage.Single(5);
        Damage usual = new Damage.Single(10);
        Damage mild = new Damage.Single(20);
        Damage twice = new Damage.UnalignedDouble(10, 30, 3, 2);
        return List.of(
                of("astronaut", usual, sampler("2m", 10), "quality 10"),
                of("astronaut", usual, sampler("x0"), "quality 10"),
                of("chelsea", hard, sampler("2m", 10), "quality 5"),
                of("chelsea", hard, sampler("euler-maruyama", 50), "quality 5"),
                of("coffee", mild, sampler("ddim", 10), "quality 20"),
                of("coffee", mild, sampler("x0"), "quality 20"),
                of("rocket", twice, sampler("2m", 10), "compressed twice, 10 then 30, unaligned"),
                of("rocket", hard, sampler("ode", 0.02), "quality 5"));
    }

    private static DemoCase of(String photograph, Damage damage, SamplerSpec sampler, String how) {
        return new DemoCase(photograph, damage, sampler, photograph + ", " + how);
    }

    private static SamplerSpec sampler(String kind) {
        return sampler(kind, OptionalInt.empty(), OptionalDouble.empty());
    }

    private static SamplerSpec sampler(String kind, int steps) {
        return sampler(kind, OptionalInt.of(steps), OptionalDouble.empty());
    }

    private static SamplerSpec sampler(String kind, double tolerance) {
        return sampler(kind, OptionalInt.empty(), OptionalDouble.of(tolerance));
    }

    private static SamplerSpec sampler(String kind, OptionalInt steps, OptionalDouble tolerance) {
        return new SamplerSpec(
                Optional.of(kind),
                Optional.empty(),
                steps,
                tolerance,
                OptionalDouble.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalLong.of(1),
                OptionalInt.empty());
    }
}

package io.driftrec.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A photograph of 512 x 512 becomes a PNG file, whose size is printed at the end. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PngBenchmark {
    private int bytes;
    private Picture picture;

    @Setup
    public void load() throws IOException, ImageRejectedException {
        byte[] file = Files.readAllBytes(Path.of("src/main/resources/samples/astronaut.png"));
        picture = ImageDecoder.decode(file, ImageLimits.DEFAULT);
    }

    @TearDown
    public void print() {
        System.out.printf("%,d bytes%n", bytes);
    }

    /** Chosen: the platform's writer at its own level. */
    @Benchmark
    public byte[] byThePlatform() throws IOException {
        byte[] file = PngEncoder.encode(picture);
        bytes = file.length;
        return file;
    }

    /** Rejected: the most effort; no more than 2 % smaller. */
    @Benchmark
    public byte[] asSmallAsPossible() {
        return withLevel(0);
    }

    /** Rejected so far: the least effort; a fifth to a quarter faster, and files from 4 % smaller to 8 % larger, picture by picture. */
    @Benchmark
    public byte[] asFastAsPossible() {
        return withLevel(0.89f);
    }

    private byte[] withLevel(float quality) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = PlatformCodecs.writer("png");
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(Pixels8.of(picture, false, true), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        bytes = out.size();
        return out.toByteArray();
    }
}

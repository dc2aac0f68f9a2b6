package io.driftrec.evaluation.protocol;

import io.driftrec.batch.ProgressListener;
import io.driftrec.image.ImageDecoder;
import io.driftrec.image.ImageLimits;
import io.driftrec.image.ImageRejectedException;
import io.driftrec.image.Picture;
import io.driftrec.image.Rgb8;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.commons.io.file.PathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores by a program from outside, one image after the other: it gets a JPEG file and writes a PNG, JPEG or WebP of the same
 * size. It runs where we do, so that paths in its command mean what they mean to the caller. What it prints is read only when it
 * fails. Its time includes that of starting it.
 */
public final class PeerCommand implements Method {
    private static final Logger LOG = LoggerFactory.getLogger(PeerCommand.class);
    private static final double NANOS = 1e9;
    private static final int SHOWN = 200;

    private final PeerTemplate template;
    private final Duration timeout;
    private final Path work;
    private final MethodIdentity identity;

    /**
     * @param timeout for one image
     * @param work a folder for its files, which are deleted when they are read
     */
    public PeerCommand(PeerTemplate template, Duration timeout, Path work) {
        this.template = template;
        this.timeout = timeout;
        this.work = work;
        this.identity = MethodIdentity.alone(template.name(), MethodIdentity.Role.PEER);
    }

    @Override
    public MethodIdentity identity() {
        return identity;
    }

    @Override
    public List<Attempt> restore(List<DamagedImage> images, Function<DamagedImage, ProgressListener> progress)
            throws InterruptedException {
        List<Attempt> attempts = new ArrayList<>();
        for (DamagedImage image : images) {
            try {
                attempts.add(restore(image));
            } catch (IOException failed) {
                attempts.add(new Attempt.Failed(String.valueOf(failed.getMessage())));
            }
        }
        return attempts;
    }

    private Attempt restore(DamagedImage image) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(work, "peer");
        Path in = folder.resolve("in.jpg");
        Path out = folder.resolve("out." + template.extension());
        Path log = folder.resolve("log");
        try {
            Files.write(in, image.jpeg());
            long start = System.nanoTime();
            String failure = failure(template.command(in, out), log);
            double seconds = (System.nanoTime() - start) / NANOS;
            return failure.isEmpty() ? read(out, image, seconds) : new Attempt.Failed(failure + lastLine(log));
        } finally {
            delete(folder);
        }
    }

    /** Runs the program; empty when it ended as it should. */
    private String failure(List<String> command, Path log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return "not done after " + timeout.toSeconds() + " s";
            }
            return process.exitValue() == 0 ? "" : "exit code " + process.exitValue();
        } finally {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly().waitFor(); // first, or a shell reports how its child ended
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static Attempt read(Path out, DamagedImage image, double seconds) throws IOException {
        if (!Files.isRegularFile(out)) {
            return new Attempt.Failed("it ended well but wrote no " + out.getFileName());
        }
        try {
            Picture picture = ImageDecoder.decode(Files.readAllBytes(out), ImageLimits.LARGEST);
            Rgb8 reference = image.reference();
            if (picture.width() != reference.width() || picture.height() != reference.height()) {
                return new Attempt.Failed("it wrote " + picture.width() + "x" + picture.height() + ", the JPEG has "
                        + reference.width() + "x" + reference.height());
            }
            return new Attempt.Restored(Rgb8.of(picture), 0, seconds);
        } catch (ImageRejectedException e) {
            return new Attempt.Failed("what it wrote is not read: " + e.getMessage());
        }
    }

    private static String lastLine(Path log) throws IOException {
        if (!Files.isRegularFile(log)) {
            return "";
        }
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        String line = text.substring(text.lastIndexOf('\n') + 1).replaceAll("\\p{C}", " ");
        return line.isEmpty() ? "" : ": " + line.substring(0, Math.min(SHOWN, line.length()));
    }

    /** What can't be deleted goes with the folder of all peers; the attempt counts. */
    private static void delete(Path folder) {
        try {
            PathUtils.deleteDirectory(folder);
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("folder", folder).log("a peer's files are not deleted: {}", e.toString());
        }
    }
}

package io.driftrec.scenario;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code driftrec worker} or {@code trainer} as a process of its own, which can be stopped as operators do and killed as machines do. */
final class WorkerProcess implements AutoCloseable {
    /** What the JVM ends with after a SIGTERM. */
    static final int TERMINATED = 128 + 15;

    static final String GROUP = "driftrec-workers";

    private static final Pattern PORT = Pattern.compile("(?:worker|trainer) started .*httpPort=(\\d+)");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(\\{[^\n]*})? ([^ \n]+)$");
    private static final int TAIL = 40;

    private final String name;
    private final Path log;
    private final Process process;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private WorkerProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static WorkerProcess start(String name, Site site, Path directory) throws IOException {
        List<String> arguments = List.of(
                "worker",
                "--worker-name=" + name,
                "--bootstrap-servers=" + site.bootstrapServers(),
                "--group-id=" + GROUP,
                // the shortest session that brokers grant by default: a killed worker is noticed soon
                "--kafka-property=session.timeout.ms=6000",
                "--kafka-property=heartbeat.interval.ms=1000",
                "--s3-endpoint=" + site.s3Endpoint(),
                "--s3-path-style",
                "--allow-source=s3://" + Bucket.UPLOADS + "/",
                "--allow-target=s3://" + Bucket.RESTORED + "/",
                "--max-pixels=" + BrokenRequests.MAX_PIXELS,
                "--max-bytes=" + BrokenRequests.MAX_BYTES,
                "--default-sampler=x0",
                "--precision=fp32",
                "--device=cpu",
                "--threads=1",
                "--http-port=0",
                "--drain-timeout=60");
        return start(name, directory, arguments, site.environment());
    }

    /** A process of the command that the arguments begin with. */
    static WorkerProcess start(String name, Path directory, List<String> arguments, Map<String, String> environment)
            throws IOException {
        Path log = directory.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                classPath(),
                "io.driftrec.app.Main"));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("DRIFTREC_") || key.startsWith("AWS_"));
        builder.environment().putAll(environment);
        return new WorkerProcess(name, log, builder.start());
    }

    /** That of the test, without what belongs to the tests of this project: the worker logs as it does in production. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Whether it has joined and answers; throws when it has ended instead. */
    boolean isServing() {
        requireAlive();
        return port().isPresent()
                && get("/readyz").filter(answer -> answer.statusCode() == 200).isPresent();
    }

    /** Throws with its last words when it has ended. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended with " + process.exitValue() + "; " + tail());
        }
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** The exit code, once there is one. */
    OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** The sum of a metric's samples, over those with all of the labels; empty while there is no answer. */
    Optional<Double> metric(String metric, String... labels) {
        return get("/metrics").map(answer -> {
            double sum = 0;
            Matcher sample = SAMPLE.matcher(answer.body());
            while (sample.find()) {
                String found = Optional.ofNullable(sample.group(2)).orElse("");
                if (sample.group(1).equals(metric) && Stream.of(labels).allMatch(found::contains)) {
                    sum += Double.parseDouble(sample.group(3));
                }
            }
            return sum;
        });
    }

    /** The end of what it said. */
    String tail() {
        List<String> lines = lines();
        return name + " said last:\n  "
                + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private OptionalInt port() {
        return lines().stream()
                .map(PORT::matcher)
                .filter(Matcher::find)
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst();
    }

    private Optional<HttpResponse<String>> get(String path) {
        OptionalInt port = port();
        if (port.isEmpty()) {
            return Optional.empty();
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port.getAsInt() + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException notAnswering) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

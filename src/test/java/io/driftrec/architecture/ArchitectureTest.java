package io.driftrec.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the package table: who may import whom, and which package alone may use a library. */
class ArchitectureTest {
    private static final String BASE = "io.driftrec.";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.driftrec");

    /** Package to the packages of ours that it may import; {@code app} may import all. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("message", Set.of()),
            Map.entry("diffusion", Set.of()),
            Map.entry("network", Set.of("diffusion")),
            Map.entry("image", Set.of()),
            Map.entry("storage", Set.of()),
            Map.entry("batch", Set.of("diffusion", "network")),
            Map.entry("bench", Set.of("diffusion", "network", "batch")),
            Map.entry("restore", Set.of("message", "diffusion", "image", "storage", "batch", "network")),
            Map.entry("kafka", Set.of("message")),
            Map.entry("training", Set.of("message", "diffusion", "network", "image", "storage")),
            Map.entry("evaluation", Set.of("diffusion", "network", "image", "batch", "restore")),
            Map.entry("registry", Set.of("message", "diffusion", "network", "storage")),
            Map.entry("telemetry", Set.of("restore", "registry", "kafka", "batch", "message", "training")),
            Map.entry("demo", Set.of("message", "image", "evaluation")));

    /** Library prefix to the packages of ours that may use it. */
    private static final Map<String, Set<String>> CONFINED = Map.ofEntries(
            Map.entry("com.fasterxml.jackson.", Set.of("message", "network", "evaluation", "bench")),
            Map.entry("com.networknt.", Set.of("message")),
            Map.entry("io.cloudevents.", Set.of("message")),
            Map.entry("ai.djl.ndarray.", Set.of("diffusion", "network", "batch", "training", "bench")),
            Map.entry("ai.djl.training.", Set.of("network", "training")),
            Map.entry("ai.djl.Model", Set.of("network")),
            Map.entry("ai.djl.engine.", Set.of("network")),
            Map.entry("ai.djl.pytorch.", Set.of("network")),
            Map.entry("ai.djl.nn.", Set.of("network")),
            Map.entry("javax.imageio.", Set.of("image")),
            Map.entry("com.twelvemonkeys.", Set.of("image")),
            Map.entry("com.luciad.", Set.of("image")),
            Map.entry("software.amazon.awssdk.", Set.of("storage")),
            Map.entry("org.apache.hc.", Set.of("storage")),
            Map.entry("java.net.http.", Set.of("storage")),
            Map.entry("org.apache.kafka.", Set.of("kafka", "demo")),
            Map.entry("kafka.", Set.of("demo")),
            Map.entry("io.prometheus.", Set.of("telemetry")),
            Map.entry("picocli.", Set.of("app")),
            Map.entry("org.hipparchus.", Set.of("diffusion", "evaluation")),
            Map.entry("me.tongfei.", Set.of("app")));

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("io.driftrec.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void shouldImportOnlyWhatTheTableAllows() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass origin : CLASSES) {
            String from = slice(origin.getPackageName());
            if (from.equals("app")) {
                continue;
            }
            assertThat(MAY_IMPORT).as("package %s is in the table", from).containsKey(from);
            origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                String target = dependency.getTargetClass().getPackageName();
                if (target.startsWith(BASE)
                        && !slice(target).equals(from)
                        && !MAY_IMPORT.get(from).contains(slice(target))) {
                    violations.add(origin.getName() + " -> "
                            + dependency.getTargetClass().getName());
                }
            });
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void shouldConfineLibrariesToTheirPackages() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass origin : CLASSES) {
            origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                String target = dependency.getTargetClass().getName();
                CONFINED.forEach((library, packages) -> {
                    if (target.startsWith(library) && !packages.contains(slice(origin.getPackageName()))) {
                        violations.add(origin.getName() + " -> " + target);
                    }
                });
            });
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void shouldKeepEveryFileUnder300Lines() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty();
            for (Path source : sources) {
                assertThat(Files.readAllLines(source)).as(source.toString()).hasSizeLessThanOrEqualTo(300);
            }
        }
    }

    private static String slice(String packageName) {
        String rest = packageName.substring(BASE.length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }
}

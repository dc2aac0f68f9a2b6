package io.driftrec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a job and a lane's settings refuse, by name. */
class RestorationJobTest {
    private final AnalyticNetwork network = new AnalyticNetwork(64);

    @AfterEach
    void close() {
        network.close();
    }

    private RestorationJob.Builder builder() {
        return RestorationJob.builder(network, EulerSteps.of(10), SeededNoise::new);
    }

    @Test
    void shouldPadToTheNetworksSizesAndTileByDefault() {
        RestorationJob job =
                builder().image(65, 300, new float[3 * 65 * 300]).samples(3).build();

        assertThat(job.paddedHeight()).isEqualTo(128);
        assertThat(job.paddedWidth()).isEqualTo(320);
        assertThat(job.paddedPlanes()).hasSize(3 * 128 * 320);
        assertThat(job.plan().count()).isEqualTo(2);
        assertThat(job.expectedEvaluations()).isEqualTo(30);
    }

    @Test
    void shouldNameTheBadValue() {
        assertThatThrownBy(() -> builder().build()).hasMessageContaining("0 x 0");
        assertThatThrownBy(() -> builder().image(2, 2, new float[11]).build()).hasMessageContaining("11");
        assertThatThrownBy(() -> builder().image(1, 1, new float[3]).samples(0).build())
                .hasMessageContaining("samples")
                .hasMessageContaining("0");
        assertThatThrownBy(() -> builder()
                        .image(1, 1, new float[3])
                        .tiling(new Tiling.Tiles(96, 8))
                        .build())
                .hasMessageContaining("96")
                .hasMessageContaining("64");
    }

    @Test
    void shouldRefuseSettingsThatCannotWork() {
        assertThatThrownBy(() -> new LaneSettings(0, 1, 1)).hasMessageContaining("maxTiles");
        assertThatThrownBy(() -> new LaneSettings(8, 7, 1)).hasMessageContaining("7");
        assertThatThrownBy(() -> new LaneSettings(8, 8, 0)).hasMessageContaining("maxConsecutiveFailures");
        assertThat(LaneSettings.of(32)).isEqualTo(new LaneSettings(32, 128, 8));
    }
}

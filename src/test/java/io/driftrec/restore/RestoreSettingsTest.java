package io.driftrec.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.driftrec.batch.Tiling;
import io.driftrec.image.ImageLimits;
import io.driftrec.message.FailureCode;
import io.driftrec.message.RestorationFailed;
import io.driftrec.storage.Backoff;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreSettingsTest {
    private static final String LONGEST_WORKER = "w234567890123456789012345678901234567890123456789012345678901234"
            + "w234567890123456789012345678901234567890123456789012345678901234";

    private static RestoreSettings settings(String worker) {
        return new RestoreSettings(worker, ImageLimits.DEFAULT, Backoff.ofAttempts(1), Tiling.DEFAULT, 1);
    }

    /** A result as every request of such a worker would have it. */
    private static RestorationFailed result(String worker) {
        return RestorationFailed.of(Requests.plain().request(), FailureCode.INTERNAL, "", 1, Instant.EPOCH, worker);
    }

    @ParameterizedTest
    @ValueSource(strings = {"w", "worker-3", "7", "gpu_1.example.org-4711", LONGEST_WORKER})
    void shouldTakeTheNamesThatResultsTake(String worker) {
        assertThat(settings(worker).worker()).isEqualTo(result(worker).worker());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "my worker", "-w", "w\n", "wörker", LONGEST_WORKER + "w"})
    void shouldRefuseTheNamesThatResultsRefuse(String worker) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(worker))
                .withMessageStartingWith("worker: '" + worker + "'");
        assertThatIllegalArgumentException().isThrownBy(() -> result(worker));
    }

    @Test
    void shouldCountThePixelsThatAHeapHolds() {
        assertThat(RestoreSettings.decodedPixelsOf(4L << 30)).isEqualTo(67_108_864);
        assertThat(RestoreSettings.decodedPixelsOf(1)).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new RestoreSettings("w", ImageLimits.DEFAULT, Backoff.ofAttempts(1), Tiling.DEFAULT, 0))
                .withMessageStartingWith("maxDecodedPixels: 0");
    }
}

package io.driftrec.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LossPlotTest {
    @Test
    void shouldDrawAFallingCurveAndItsValidations() {
        LossCurve curve = new LossCurve();
        for (int step = 1; step <= 600; step++) {
            curve.add(1.0 / step);
        }
        curve.addValidation(300, 0.01);

        String page = LossPlot.html("a <model>", "caption", curve);

        double[] heights = Pattern.compile("[ML][0-9.]+ ([0-9.]+)")
                .matcher(page.substring(page.indexOf("class=\"training\"")))
                .results()
                .map(MatchResult::group)
                .mapToDouble(point -> Double.parseDouble(point.substring(point.indexOf(' '))))
                .toArray();
        assertThat(heights).hasSize(100).isSorted();
        assertThat(page).contains("a &lt;model>").contains("step 300: 0.01000").contains("means of 6 steps");
    }

    @Test
    void shouldDrawAnEmptyCurve() {
        assertThat(LossPlot.html("nothing", "", new LossCurve()))
                .contains("<svg")
                .doesNotContain("NaN");
    }

    @Test
    void shouldLeaveOutValidationsThatAreNoNumbers() {
        LossCurve curve = new LossCurve();
        curve.add(0.5);
        curve.addValidation(0, Double.POSITIVE_INFINITY);
        curve.addValidation(1, Double.NaN);

        assertThat(LossPlot.html("diverged", "", curve)).doesNotContain("NaN", "Infinity", "<circle");
    }
}

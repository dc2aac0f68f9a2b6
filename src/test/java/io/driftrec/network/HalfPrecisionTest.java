package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfPrecisionTest {
    @Test
    void shouldKeepEveryHalfPrecisionValueWhenConvertedToFloatAndBack() {
        for (int bits = 0; bits < 0x10000; bits++) {
            float half = HalfPrecision.fromFloat16((short) bits);
            float brain = HalfPrecision.fromBfloat16((short) bits);
            if (Float.isNaN(half)) {
                assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(half)))
                        .isNaN();
            } else {
                assertThat(HalfPrecision.toFloat16(half)).isEqualTo((short) bits);
            }
            if (Float.isNaN(brain)) {
                assertThat(HalfPrecision.fromBfloat16(HalfPrecision.toBfloat16(brain)))
                        .isNaN();
            } else {
                assertThat(HalfPrecision.toBfloat16(brain)).isEqualTo((short) bits);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 3c00, 3f80",
        "-2.0, c000, c000",
        "65504, 7bff, 4780",
        "65519.99, 7bff, 4780",
        "65520, 7c00, 4780",
        "1e30, 7c00, 714a",
        "5.9604645e-8, 0001, 3380",
        "2.9802322e-8, 0000, 3300", // half of the smallest subnormal: tie to even
        "2.9802326e-8, 0001, 3300",
        "6.1035156e-5, 0400, 3880",
        "6.0975552e-5, 03ff, 3880", // the largest subnormal
        "1.00048828125, 3c00, 3f80", // 1 + 2^-11: tie to even
        "1.0014648, 3c02, 3f80",
        "1.00390625, 3c04, 3f80", // 1 + 2^-8: tie to even
        "1.01171875, 3c0c, 3f82", // 1 + 3 * 2^-8: tie to even
    })
    void shouldRoundToNearestEvenWhenValueIsNotRepresentable(float value, String float16, String bfloat16) {
        assertThat("%04x".formatted(HalfPrecision.toFloat16(value))).isEqualTo(float16);
        assertThat("%04x".formatted(HalfPrecision.toBfloat16(value))).isEqualTo(bfloat16);
    }
}

package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
    private static final Tensor PAIR = Tensor.of(List.of(1L, 2L), 1.5f, -2);

    @Test
    void shouldReadWhatItWrote(@TempDir Path directory) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (TensorType type : TensorType.values()) {
            tensors.put(type.name(), new Tensor(type, List.of(3L), ByteBuffer.allocate(3 * type.bytes())));
        }
        tensors.put("scalar", Tensor.of(List.of(), 7));
        tensors.put("empty", Tensor.of(List.of(0L, 4L)));
        tensors.put("\"é\n", PAIR);
        Safetensors written = new Safetensors(tensors, Map.of("licence", "none"));
        Path file = directory.resolve("weights.safetensors");

        written.write(file);

        Safetensors read = Safetensors.read(file);
        assertThat(read.tensors()).containsExactlyInAnyOrderEntriesOf(tensors);
        assertThat(read.metadata()).isEqualTo(written.metadata());
    }

    @ParameterizedTest
    @EnumSource(names = {"F64", "F32", "F16", "BF16"})
    void shouldConvertFloatsBetweenTypes(TensorType type) {
        assertThat(PAIR.as(type).as(TensorType.F32)).isEqualTo(PAIR);
        assertThat(PAIR.as(type).toFloats()).containsExactly(1.5f, -2);
    }

    @Test
    void shouldReorderConvolutionWeightsWhenAskedForChannelsLast() {
        Tensor weights = Tensor.of(List.of(1L, 2L, 1L, 3L), 0, 1, 2, 10, 11, 12);

        ByteBuffer reordered = weights.channelsLast().order(ByteOrder.LITTLE_ENDIAN);

        assertThat(new Tensor(TensorType.F32, List.of(6L), reordered).toFloats())
                .containsExactly(0, 10, 1, 11, 2, 12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 1 | bytes after the last tensor",
                "[] | 0 | no JSON object",
                "{'a' | 0 | not a safetensors file",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'a':{'dtype':'F32','shape':[2],'data_offsets':[8,16]}} | 16 | Duplicate",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 7 | ends inside tensor \"a\"",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}} | 12 | a gap or an overlap",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}} | 12 | tensor \"b\" begins at byte 4",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,9]}} | 9 | do not span the 8 bytes",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}} | 0 | do not span",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}} | 8 | not a pair",
                "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | 8 | negative dimension",
                "{'a':{'dtype':'F32','shape':[2.5],'data_offsets':[0,8]}} | 8 | no integer",
                "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | 8 | overflow",
                "{'a':{'dtype':'F32','shape':[1073741824],'data_offsets':[0,4294967296]}} | 8 | more than 2 GiB",
                "{'a':{'dtype':'F4','shape':[2],'data_offsets':[0,8]}} | 8 | unknown tensor type \"F4\"",
                "{'a':{'shape':[2],'data_offsets':[0,8]}} | 8 | unknown tensor type",
                "{'a':7} | 8 | shape is not an array",
            })
    void shouldRefuseWhenHeaderDoesNotFitTheData(String header, int dataBytes, String expected) {
        byte[] file = file(header.replace('\'', '"'), dataBytes);

        assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(file)))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void shouldRefuseWhenHeaderLengthIsAbsurd() {
        for (long length : new long[] {-1, 0, 1, 1L << 40, Long.MIN_VALUE}) {
            byte[] file = ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array();

            assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(file)))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining("header length");
        }
    }

    @Test
    void shouldRefuseEveryTruncation() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Safetensors(Map.of("a", PAIR)).write(out);
        byte[] file = out.toByteArray();

        for (int length = 0; length < file.length; length++) {
            byte[] truncated = Arrays.copyOf(file, length);

            assertThatThrownBy(() -> Safetensors.read(new ByteArrayInputStream(truncated)))
                    .isInstanceOf(InvalidModelException.class);
        }
    }

    private static byte[] file(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }
}

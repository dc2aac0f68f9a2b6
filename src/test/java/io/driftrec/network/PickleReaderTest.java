package io.driftrec.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.driftrec.network.PickleReader.Global;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickleReaderTest {
    @Test
    void shouldReadWhatPythonWrote() {
        // pickle.dumps({'a': [1, -2, 70000, 1.5, None, True], 'b': ('x', b'y'), 3: (), (1,): 0}, 2)
        String protocol2 =
                "80027d71002858010000006171015d7102284b014afeffffff4a70110100473ff80000000000004e88655801000000627103"
                        + "5801000000787104635f636f646563730a656e636f64650a7105580100000079710658060000006c6174696e317107867108"
                        + "52710986710a4b03294b0185710b4b00752e";

        Object value = PickleReader.read(hex(protocol2));

        assertThat(value)
                .isEqualTo(Map.of(
                        "a",
                        List.of(1L, -2L, 70000L, 1.5, PickleReader.NONE, true),
                        "b",
                        List.of("x", new PickleConstructors.Opaque("_codecs.encode")),
                        3L,
                        List.of()));
        // pickle.dumps({'a': [1, 2], 'b': b'y', 'c': {7}}, 4)
        String protocol4 =
                "80049523000000000000007d94288c0161945d94284b014b02658c016294430179948c0163948f94284b0790752e";
        Object second = PickleReader.read(hex(protocol4));
        assertThat(second).isInstanceOfSatisfying(Map.class, map -> {
            assertThat(map.get("a")).isEqualTo(List.of(1L, 2L));
            assertThat(map.get("b")).isEqualTo(new byte[] {'y'});
            assertThat(map.get("c")).isEqualTo(List.of(7L));
        });
    }

    @Test
    void shouldKeepANameWhenItIsNotCalled() {
        assertThat(PickleReader.read(ascii("cos\nsystem\n."))).isEqualTo(new Global("os", "system"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cos\\nsystem\\n(S'id'\\ntR. | os.system", // REDUCE
                "(S'id'\\nios\\nsystem\\n. | os.system", // INST
                "(cos\\nsystem\\nS'id'\\no. | os.system", // OBJ
                "cbuiltins\\neval\\n(S'1'\\nt\u0081. | builtins.eval", // NEWOBJ
                "csubprocess\\nPopen\\n(t}\u0092. | subprocess.Popen", // NEWOBJ_EX
                "S'torch._utils'\\nS'_rebuild_tensor_v2'\\n\u0093(tR. | '_rebuild_tensor_v2'", // a name with quotes
                "ctorch.hub\\nload\\n(tR. | torch.hub.load",
                "ctorch._utils._rebuild_tensor_v2\\n__class__\\n(tR. | torch._utils._rebuild_tensor_v2.__class__",
            })
    void shouldRefuseAndNameTheFunctionHoweverItIsCalled(String pickle, String function) {
        byte[] bytes = pickle.replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> PickleReader.read(bytes))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("wants to call")
                .hasMessageContaining(function);
    }

    @Test
    void shouldRefuseNothingButWithItsOwnExceptionWhenBytesAreRandom() {
        long seed = 20240607;
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            try {
                PickleReader.read(bytes);
            } catch (InvalidModelException e) {
                refused++;
            }
        }
        assertThat(refused).as("refused pickles, seed %d", seed).isGreaterThan(15_000);
    }

    private static byte[] hex(String text) {
        return java.util.HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

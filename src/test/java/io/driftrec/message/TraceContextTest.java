package io.driftrec.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                PARENT,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-may-be"
            })
    void shouldCarryAValidParent(String parent) {
        assertThat(TraceContext.of(headers(parent, null))).containsOnlyKeys("traceparent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
                " " + PARENT,
                PARENT + "\n"
            })
    void shouldDropAMalformedParentAndTheStateWithIt(String parent) {
        assertThat(TraceContext.of(headers(parent, "vendor=1"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1",
                "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
                "a=1 , b=2",
                "1@v=x",
                "a=1,,b=2",
                "a/b-c_d*=~ x!"
            })
    void shouldCarryAValidState(String state) {
        assertThat(TraceContext.of(headers(PARENT, state))).containsOnlyKeys("traceparent", "tracestate");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "a", "A=1", "a=", "a=1=2", "a=1,a=2", "=1", "a=\u00e9", "a=1\n", "a=\u0007", "1a@=x"})
    void shouldDropAMalformedState(String state) {
        assertThat(TraceContext.of(headers(PARENT, state))).containsOnlyKeys("traceparent");
    }

    @Test
    void shouldDropAStateThatIsTooLong() {
        String members = IntStream.range(0, 33).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(","));

        assertThat(TraceContext.of(headers(PARENT, members))).containsOnlyKeys("traceparent");
        assertThat(TraceContext.of(headers(PARENT, members.substring(0, members.lastIndexOf(',')))))
                .containsOnlyKeys("traceparent", "tracestate");
        assertThat(TraceContext.of(headers(PARENT, "a=1," + "b".repeat(255) + "=" + "1".repeat(256))))
                .containsOnlyKeys("traceparent");
    }

    @Test
    void shouldDropAStateWithoutAParent() {
        assertThat(TraceContext.of(Map.of("tracestate", "a=1".getBytes(UTF_8)))).isEmpty();
    }

    private static Map<String, byte[]> headers(String parent, String state) {
        return state == null
                ? Map.of("traceparent", parent.getBytes(UTF_8))
                : Map.of("traceparent", parent.getBytes(UTF_8), "tracestate", state.getBytes(UTF_8));
    }
}

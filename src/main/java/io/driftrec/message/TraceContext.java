package io.driftrec.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Carries the W3C trace context of a request's headers to the headers of its events, so that a trace goes on behind the worker.
 * What breaks the syntax of the recommendation is dropped, a {@code tracestate} also where there is no valid {@code traceparent}.
 */
final class TraceContext {
    static final String TRACEPARENT = "traceparent";
    static final String TRACESTATE = "tracestate";

    private static final Pattern PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}"
                    + "-[0-9a-f]{2}(?<rest>-[\\x21-\\x7e]{0,200})?");
    private static final Pattern MEMBER =
            Pattern.compile("(?<key>[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})"
                    + "=[\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,255}[\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e]");
    private static final Pattern PADDING = Pattern.compile("^[ \\t]+|[ \\t]+$");
    private static final int MAX_MEMBERS = 32;
    private static final int MAX_STATE_LENGTH = 512;

    private TraceContext() {}

    /** The valid ones of {@code traceparent} and {@code tracestate}. */
    static Map<String, byte[]> of(Map<String, byte[]> headers) {
        Map<String, byte[]> carried = new LinkedHashMap<>();
        byte[] parent = headers.get(TRACEPARENT);
        if (parent != null && isParent(text(parent))) {
            carried.put(TRACEPARENT, parent.clone());
            byte[] state = headers.get(TRACESTATE);
            if (state != null && isState(text(state))) {
                carried.put(TRACESTATE, state.clone());
            }
        }
        return carried;
    }

    private static String text(byte[] header) {
        // Every byte outside ASCII stays a character outside ASCII, which no pattern takes.
        return new String(header, ISO_8859_1);
    }

    private static boolean isParent(String text) {
        var matcher = PARENT.matcher(text);
        // Only versions after 00 may have more fields.
        return matcher.matches() && (matcher.group("rest") == null || !text.startsWith("00"));
    }

    private static boolean isState(String text) {
        if (text.length() > MAX_STATE_LENGTH) {
            return false;
        }
        String[] members = text.split(",", -1);
        Set<String> keys = new HashSet<>();
        for (String padded : members) {
            String member = PADDING.matcher(padded).replaceAll("");
            var matcher = MEMBER.matcher(member);
            if (!member.isEmpty() && (!matcher.matches() || !keys.add(matcher.group("key")))) {
                return false;
            }
        }
        return !keys.isEmpty() && members.length <= MAX_MEMBERS;
    }
}
